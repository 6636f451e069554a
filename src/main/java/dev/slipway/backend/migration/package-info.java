/// Moves a legacy database into a typed one by a plan, provably whole.
@NullMarked
package dev.slipway.backend.migration;

import org.jspecify.annotations.NullMarked;
