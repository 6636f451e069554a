package dev.slipway.backend.schedules;

import dev.slipway.api.access.Role;

/// Who acts.
record Actor(String user, Role role) {}
