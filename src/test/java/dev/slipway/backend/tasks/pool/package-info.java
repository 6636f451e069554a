@NullMarked
package dev.slipway.backend.tasks.pool;

import org.jspecify.annotations.NullMarked;
