/// Fixtures that tests share.
@NullMarked
package dev.slipway.testing;

import org.jspecify.annotations.NullMarked;
