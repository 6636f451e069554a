/// Plans, runs, chunks, quarantine and validations.
@NullMarked
package dev.slipway.api.migration;

import org.jspecify.annotations.NullMarked;
