/// The data plane: the new headless shop API, every entity behind a token.
@NullMarked
package dev.slipway.shop;

import org.jspecify.annotations.NullMarked;
