@NullMarked
package dev.slipway.backend.metrics;

import org.jspecify.annotations.NullMarked;
