/// The new shop's database and the questions it is asked.
@NullMarked
package dev.slipway.shop.store;

import org.jspecify.annotations.NullMarked;
