/// Data exports: what finance and operations take out of the shop, as files.
@NullMarked
package dev.slipway.console.exports;

import org.jspecify.annotations.NullMarked;
