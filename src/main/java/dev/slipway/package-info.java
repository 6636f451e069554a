/// The one entry point.
@NullMarked
package dev.slipway;

import org.jspecify.annotations.NullMarked;
