package dev.slipway.backend.queues.repair;

import dev.slipway.backend.queues.Place;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// How far a repair has come. All of it is written in the transaction that moves the jobs.
///
/// @param walked the walk over the matching jobs: first to count them, then to act on them
/// @param probes the jobs that went first, since it was started or resumed
/// @param pacedAt up to when the jobs that were taken are paid for by the rate
/// @param rampedAt when the rate was set or doubled last
/// @param resumedAt outcomes before this do not count towards a stop
/// @param movedBefore jobs that had been taken by then
/// @param figuredAt when the outcomes were counted last
/// @param againAt from when the walk may begin anew, for it passed by jobs that can't run now; null
///   if it passed by none
record Work(
        Place walked,
        List<Long> probes,
        Instant pacedAt,
        Instant rampedAt,
        Instant resumedAt,
        long movedBefore,
        Instant figuredAt,
        @Nullable Instant againAt) {

    Work {
        probes = List.copyOf(probes);
    }

    static Work begin(Instant now) {
        return new Work(Place.FIRST, List.of(), now, now, now, 0, Instant.EPOCH, null);
    }

    Work walked(Place to) {
        return new Work(to, probes, pacedAt, rampedAt, resumedAt, movedBefore, figuredAt, againAt);
    }

    Work probing(List<Long> jobs) {
        return new Work(
                walked, jobs, pacedAt, rampedAt, resumedAt, movedBefore, figuredAt, againAt);
    }

    Work paced(Instant at) {
        return new Work(walked, probes, at, rampedAt, resumedAt, movedBefore, figuredAt, againAt);
    }

    Work ramped(Instant at) {
        return new Work(walked, probes, pacedAt, at, resumedAt, movedBefore, figuredAt, againAt);
    }

    Work figured(Instant at) {
        return new Work(walked, probes, pacedAt, rampedAt, resumedAt, movedBefore, at, againAt);
    }

    /// Goes on from here: new probes, a new ramp, and old outcomes are forgotten.
    Work resumed(Instant now, long moved) {
        return new Work(walked, List.of(), now, now, now, moved, figuredAt, againAt);
    }

    /// Has passed by jobs, for which it begins anew.
    Work again(@Nullable Instant at) {
        return new Work(walked, probes, pacedAt, rampedAt, resumedAt, movedBefore, figuredAt, at);
    }
}
