package dev.slipway.api.access;

import java.time.Instant;

/// A user as an administrator sees one.
public record User(String name, Role role, Instant createdAt, boolean disabled) {}
