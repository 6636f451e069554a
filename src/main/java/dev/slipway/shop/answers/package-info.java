/// What a shop can be asked and what it answers, the same for the legacy and the new shop.
@NullMarked
package dev.slipway.shop.answers;

import org.jspecify.annotations.NullMarked;
