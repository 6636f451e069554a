/// Strict conversions of raw text into typed values.
@NullMarked
package dev.slipway.backend.migration.convert;

import org.jspecify.annotations.NullMarked;
