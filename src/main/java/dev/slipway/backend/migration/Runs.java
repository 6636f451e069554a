package dev.slipway.backend.migration;

import dev.slipway.api.migration.Pace;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.RunTiming;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.StepState;
import dev.slipway.api.migration.Waiting;
import dev.slipway.backend.migration.plan.MigrationPlan;

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
                run.jobId(),
                still(run.timing()));
    }

    /// The run after its sync has compared every row and the plan's checks hold, though its copy
    /// was red.
    static Run validated(Run run) {
        return new Run(
                run.id(),
                run.plan(),
                RunState.VALIDATED,
                run.startedBy(),
                run.createdAt(),
                run.startedAt(),
                run.endedAt(),
                run.steps().stream().map(step -> step.in(StepState.VALIDATED)).toList(),
                0,
                null,
                null,
                run.jobId(),
                run.timing());
    }

    /// Whether it waits is told anew by whoever carries it.
    private static RunTiming still(RunTiming timing) {
        return waiting(timing, null, null, null);
    }

    /// What a plan says of when and how fast.
    static RunTiming timing(MigrationPlan plan) {
        return new RunTiming(
                plan.window().toString(),
                plan.throttle().toString(),
                Pace.OF_PLAN,
                null,
                null,
                null);
    }

    static RunTiming waiting(
            RunTiming timing,
            @Nullable Waiting why,
            @Nullable Instant closesAt,
            @Nullable Instant endsAt) {
        return new RunTiming(
                timing.window(), timing.throttle(), timing.pace(), why, closesAt, endsAt);
    }

    static Run timed(Run run, RunTiming timing) {
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
                run.jobId(),
                timing);
    }

    /// Left off until its window opens: then its job goes on by itself. What was left to do stays
    /// known.
    static Run resting(Run run, Waiting why, @Nullable Instant endsAt) {
        return new Run(
                run.id(),
                run.plan(),
                RunState.QUEUED,
                run.startedBy(),
                run.createdAt(),
                run.startedAt(),
                null,
                run.steps(),
                0,
                run.etaSeconds(),
                null,
                run.jobId(),
                waiting(run.timing(), why, null, endsAt));
    }

    static Run at(
            Run run, List<StepProgress> steps, double rate, @Nullable Long eta, RunTiming timing) {
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
                run.jobId(),
                timing);
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
                jobId,
                run.timing());
    }
}
