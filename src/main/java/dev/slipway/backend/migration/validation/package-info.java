/// Holds what stands in the target against the source.
@NullMarked
package dev.slipway.backend.migration.validation;

import org.jspecify.annotations.NullMarked;
