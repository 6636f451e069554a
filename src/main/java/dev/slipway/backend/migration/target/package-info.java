/// Databases that rows are written to.
@NullMarked
package dev.slipway.backend.migration.target;

import org.jspecify.annotations.NullMarked;
