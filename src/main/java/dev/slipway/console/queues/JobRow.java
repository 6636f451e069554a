package dev.slipway.console.queues;

import dev.slipway.api.queues.Job;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import java.time.Instant;

/// A job as the table shows it.
///
/// @param attempts `2 of 5`
/// @param progress 0 to 1, or less than 0 when it isn't known
/// @param when when it ended, else when it started, else when it may start
public record JobRow(Job job, String state, String attempts, double progress, String when) {

    static JobRow of(Job job, Instant now, Wording words) {
        return new JobRow(
                job,
                job.stopping() ? words.say("jobState.STOPPING") : words.of("jobState", job.state()),
                job.attempt() + " / " + job.maxAttempts(),
                job.total() > 0 ? (double) job.done() / job.total() : -1,
                Figures.moment(latest(job), now));
    }

    static Instant latest(Job job) {
        Instant ended = job.endedAt();
        Instant started = job.startedAt();
        return ended != null ? ended : started != null ? started : job.runAt();
    }

    /// The error's first line, or empty.
    String error() {
        String error = job.error();
        return error == null ? "" : error.lines().findFirst().orElse("");
    }
}
