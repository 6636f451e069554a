/// Moves rows chunk by chunk, each exactly once.
@NullMarked
package dev.slipway.backend.migration.engine;

import org.jspecify.annotations.NullMarked;
