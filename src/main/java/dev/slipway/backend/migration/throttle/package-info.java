/// Keeps a run gentle on the shop that it reads from: when it may read, and how much at once.
@NullMarked
package dev.slipway.backend.migration.throttle;

import org.jspecify.annotations.NullMarked;
