package dev.slipway.backend.migration;

import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.StepProgress;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a run may become: all its legal transitions.
final class Runs {
    private Runs() {}

    /// What a person may ask of a run.
    enum Act {
        PAUSE,
        RESUME,
        CANCEL
    }

    /// The state after an act, or empty if it may not be done now.
    static Optional<RunState> after(RunState state, Act act) {
        return Optional.ofNullable(
                switch (act) {
                    case PAUSE ->
                            switch (state) {
                                case QUEUED -> RunState.PAUSED;
                                case RUNNING -> RunState.PAUSING;
                                default -> null;
                            };
                    case RESUME ->
                            switch (state) {
                                case PAUSED, FAILED -> RunState.QUEUED;
                                case PAUSING -> RunState.RUNNING;
                                default -> null;
                            };
                    case CANCEL ->
                            switch (state) {
                                case QUEUED, PAUSED, FAILED -> RunState.CANCELLED;
                                case RUNNING, PAUSING -> RunState.CANCELLING;
                                default -> null;
                            };
                });
    }

    static Run in(Run run, RunState state, Instant now, @Nullable String reason) {
        boolean moves = state == RunState.RUNNING;
        return new Run(
                run.id(),
                run.plan(),
                state,
                run.startedBy(),
                run.createdAt(),
                moves && run.startedAt() == null ? now : run.startedAt(),
                state.ended() ? now : null,
                run.steps(),
                moves ? run.rowsPerSecond() : 0,
                moves ? run.etaSeconds() : null,
                reason,
                run.jobId());
    }

    static Run at(Run run, List<StepProgress> steps, double rate, @Nullable Long eta) {
        return new Run(
                run.id(),
                run.plan(),
                run.state(),
                run.startedBy(),
                run.createdAt(),
                run.startedAt(),
                run.endedAt(),
                steps,
                rate,
                eta,
                run.reason(),
                run.jobId());
    }

    static Run carriedBy(Run run, String jobId) {
        return new Run(
                run.id(),
                run.plan(),
                run.state(),
                run.startedBy(),
                run.createdAt(),
                run.startedAt(),
                run.endedAt(),
                run.steps(),
                run.rowsPerSecond(),
                run.etaSeconds(),
                run.reason(),
                jobId);
    }
}
