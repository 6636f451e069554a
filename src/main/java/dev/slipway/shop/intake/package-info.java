/// Orders taken in while legacy is the only writer: kept on disk, passed on in order.
@NullMarked
package dev.slipway.shop.intake;

import org.jspecify.annotations.NullMarked;
