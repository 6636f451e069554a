/// Schedules and their runs.
@NullMarked
package dev.slipway.api.schedules;

import org.jspecify.annotations.NullMarked;
