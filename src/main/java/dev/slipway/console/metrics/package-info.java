/// Response times, legacy against new on one clock.
@NullMarked
package dev.slipway.console.metrics;

import org.jspecify.annotations.NullMarked;
