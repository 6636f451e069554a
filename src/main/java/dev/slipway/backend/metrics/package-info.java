/// Response times, throughput and orders, as measured at the edge.
@NullMarked
package dev.slipway.backend.metrics;

import org.jspecify.annotations.NullMarked;
