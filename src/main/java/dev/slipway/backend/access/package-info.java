/// Users, their sessions, and the audit log of what they did.
@NullMarked
package dev.slipway.backend.access;

import org.jspecify.annotations.NullMarked;
