package dev.slipway.console.migration;

import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.StepState;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A step of a run as the table shows it.
///
/// @param conserved whether `read = written + merged + quarantined + skipped`
public record StepRow(StepProgress step, String state, boolean conserved, String time) {

    static StepRow of(StepProgress step, Wording words) {
        long accounted = step.written() + step.merged() + step.quarantined() + step.skipped();
        return new StepRow(
                step,
                words.of("stepState", step.state()),
                step.read() == accounted,
                step.seconds() <= 0
                        ? Figures.UNKNOWN
                        : Figures.duration(Duration.ofMillis((long) (step.seconds() * 1000))));
    }

    /// The longest read of a chunk: so long at most was a table held that is locked whole.
    String longest() {
        return step.longestReadMillis() == 0
                ? Figures.UNKNOWN
                : Figures.millis(step.longestReadMillis());
    }

    /// The step that one wants to see first: what is at work, else what went wrong, else the last
    /// that did something.
    static Optional<StepRow> liveliest(List<StepRow> steps) {
        return first(steps, EnumSet.of(StepState.RUNNING, StepState.VALIDATING))
                .or(() -> first(steps, EnumSet.of(StepState.FAILED, StepState.INVALID)))
                .or(() -> first(steps.reversed(), EnumSet.of(StepState.VALIDATED)))
                .or(() -> steps.stream().findFirst());
    }

    private static Optional<StepRow> first(List<StepRow> steps, Set<StepState> states) {
        return steps.stream().filter(row -> states.contains(row.step().state())).findFirst();
    }

    /// That part of the source's rows, 0 to 1.
    double share(long rows) {
        long all = Math.max(step.rows(), step.read());
        return all == 0 ? 0 : (double) rows / all;
    }
}
