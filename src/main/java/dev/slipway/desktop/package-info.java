/// The console on a small living world of its own.
@NullMarked
package dev.slipway.desktop;

import org.jspecify.annotations.NullMarked;
