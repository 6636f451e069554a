/// The screen of schedules: what runs next, what did not run, and the calendar of runs.
@NullMarked
package dev.slipway.console.schedules;

import org.jspecify.annotations.NullMarked;
