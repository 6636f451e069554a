/// Schedules: one run per business date, whatever the clocks and the machines do.
@NullMarked
package dev.slipway.backend.schedules;

import org.jspecify.annotations.NullMarked;
