/// The operator's pages, shown inside the console: no browser and no network is needed to read
/// them.
@NullMarked
package dev.slipway.console.help;

import org.jspecify.annotations.NullMarked;
