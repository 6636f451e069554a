/// Which backends there are to connect to.
@NullMarked
package dev.slipway.console.settings;

import org.jspecify.annotations.NullMarked;
