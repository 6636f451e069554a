/// Is the shop well, and where does the launch stand?
@NullMarked
package dev.slipway.console.overview;

import org.jspecify.annotations.NullMarked;
