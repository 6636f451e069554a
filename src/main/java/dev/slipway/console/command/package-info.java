/// What buttons do: when a command may be given and why not, and what became of it.
@NullMarked
package dev.slipway.console.command;

import org.jspecify.annotations.NullMarked;
