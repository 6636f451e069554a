/// What screens need of JavaFX: background work, the one door to the UI thread, shared controls.
@NullMarked
package dev.slipway.console.fx;

import org.jspecify.annotations.NullMarked;
