/// The edge: splits visitors between the legacy and the new pool, and measures both.
@NullMarked
package dev.slipway.sandbox.edge;

import org.jspecify.annotations.NullMarked;
