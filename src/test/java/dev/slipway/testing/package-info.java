/// Fixtures that tests of several packages share.
@NullMarked
package dev.slipway.testing;

import org.jspecify.annotations.NullMarked;
