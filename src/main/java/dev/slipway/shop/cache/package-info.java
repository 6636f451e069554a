/// The cache in front of the database.
@NullMarked
package dev.slipway.shop.cache;

import org.jspecify.annotations.NullMarked;
