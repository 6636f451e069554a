/// Invoice runs: drafted from the shop's sales, released with gapless numbers, archived and mailed.
@NullMarked
package dev.slipway.backend.invoicing;

import org.jspecify.annotations.NullMarked;
