/// Repairs: one act on every failed job that matches a filter, at a pace, stopped when they fail
/// again.
@NullMarked
package dev.slipway.backend.queues.repair;

import org.jspecify.annotations.NullMarked;
