package dev.slipway.console.schedules;

import dev.slipway.api.schedules.PlannedRun;
import dev.slipway.console.command.Wording;

import java.time.Instant;

/// One of the next ten dates as the table shows it.
///
/// @param at `Fri 27 Nov 02:00 (+01:00)`
/// @param note what is not as usual; empty if nothing is
record PlannedRow(PlannedRun run, String at, String in, String note) {
    static PlannedRow of(PlannedRun run, String zone, Instant now, Wording words) {
        String offset = run.offset().equals("Z") ? "+00:00" : run.offset();
        String state =
                run.state() == null
                        ? ""
                        : words.say("schedules.plannedState", words.of("scheduleRun", run.state()));
        String note = run.note() == null ? "" : run.note();
        return new PlannedRow(
                run,
                Moments.at(run.at(), zone) + " (" + offset + ")",
                ScheduleRow.until(run.at(), now, words),
                state.isEmpty() || note.isEmpty() ? state + note : state + " · " + note);
    }
}
