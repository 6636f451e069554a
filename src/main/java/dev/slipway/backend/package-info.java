/// The control plane: the server and its workers, and how their parts are put together.
@NullMarked
package dev.slipway.backend;

import org.jspecify.annotations.NullMarked;
