/// Plans, runs, steps, chunks, quarantine and validations.
@NullMarked
package dev.slipway.console.migration;

import org.jspecify.annotations.NullMarked;
