/// Product pictures, for a terminal.
@NullMarked
package dev.slipway.console.pictures;

import org.jspecify.annotations.NullMarked;
