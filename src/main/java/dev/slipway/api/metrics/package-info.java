/// Response times, throughput and orders.
@NullMarked
package dev.slipway.api.metrics;

import org.jspecify.annotations.NullMarked;
