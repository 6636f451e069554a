/// The state database and the log of what changed in it.
@NullMarked
package dev.slipway.backend.store;

import org.jspecify.annotations.NullMarked;
