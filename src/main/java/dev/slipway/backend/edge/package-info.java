/// Speaks with what splits the traffic.
@NullMarked
package dev.slipway.backend.edge;

import org.jspecify.annotations.NullMarked;
