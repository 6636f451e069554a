/// Product pictures: what was made of them, by screen and by terminal.
@NullMarked
package dev.slipway.console.pictures;

import org.jspecify.annotations.NullMarked;
