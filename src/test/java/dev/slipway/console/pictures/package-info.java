@NullMarked
package dev.slipway.console.pictures;

import org.jspecify.annotations.NullMarked;
