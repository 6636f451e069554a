/// The control plane: what the console works against.
@NullMarked
package dev.slipway.backend;

import org.jspecify.annotations.NullMarked;
