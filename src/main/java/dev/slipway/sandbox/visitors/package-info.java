/// The visitors: they come when they come, browse and buy, whether the shop is quick or not.
@NullMarked
package dev.slipway.sandbox.visitors;

import org.jspecify.annotations.NullMarked;
