/// Which backend a command of the terminal asks, as whom, and how the answer is printed.
@NullMarked
package dev.slipway.console.terminal;

import org.jspecify.annotations.NullMarked;
