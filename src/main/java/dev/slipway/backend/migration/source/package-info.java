/// Databases that rows are read from.
@NullMarked
package dev.slipway.backend.migration.source;

import org.jspecify.annotations.NullMarked;
