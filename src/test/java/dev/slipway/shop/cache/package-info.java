/// The cache's suite, for both of its adapters.
@NullMarked
package dev.slipway.shop.cache;

import org.jspecify.annotations.NullMarked;
