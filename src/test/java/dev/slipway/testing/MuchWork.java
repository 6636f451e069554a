package dev.slipway.testing;

import dev.slipway.api.queues.FailureGroup;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobLine;
import dev.slipway.api.queues.JobState;
import dev.slipway.api.queues.Priority;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.api.queues.Stop;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// Queues, jobs and faults of a bad night.
public record MuchWork(Instant now) {
    public List<QueueStatus> queues() {
        return List.of(
                new QueueStatus("migration", 0, 1, 0, 0, null, 0.2, 0.2, 0, 2),
                new QueueStatus(
                        "invoice", 1_204, 2, 31, 412, now.minusSeconds(1_860), 84.2, 61.5, 12.4, 2),
                new QueueStatus("mail", 388, 0, 0, 0, now.minusSeconds(722), 20, 0, 0, 0),
                new QueueStatus("thumbnails", 12, 4, 7, 0, now.minusSeconds(4), 310, 305, 3, 4));
    }

    public List<FailureGroup> failures() {
        return List.of(
                new FailureGroup(
                        "f1a9c0de",
                        "invoice",
                        "invoice.mail",
                        "The mail server at mail.example refused the recipient: 550 5.1.1 unknown",
                        388,
                        now.minusSeconds(7_000),
                        now.minusSeconds(31)),
                new FailureGroup(
                        "0badf00d",
                        "invoice",
                        "invoice.render",
                        "The vendor 'Atelier 12' has no address",
                        24,
                        now.minusSeconds(90_000),
                        now.minusSeconds(86_500)));
    }

    public List<Job> jobs(int count) {
        return IntStream.range(0, count).mapToObj(this::job).toList();
    }

    private Job job(int i) {
        JobState state = JobState.values()[i % 3 == 0 ? 4 : i % JobState.values().length];
        boolean failed = state == JobState.DEAD || state == JobState.RETRYING;
        return new Job(
                "job-" + (100_000 + i),
                "invoice",
                i % 2 == 0 ? "invoice.mail" : "invoice.render",
                "2026-11-21 · Atelier " + i,
                state,
                1 + i % 5,
                5,
                now.minusSeconds(3_600 + i),
                now.minusSeconds(i),
                state == JobState.READY ? null : now.minusSeconds(i),
                state.ended() ? now.minusSeconds(i / 2) : null,
                state == JobState.READY ? null : "worker-" + i % 4,
                i % 7,
                state == JobState.READY ? 0 : 7,
                failed ? "The mail server at mail.example refused the recipient: 550 5.1.1" : null,
                failed ? "f1a9c0de" : null,
                Priority.NORMAL,
                state == JobState.DISCARDED
                        ? new Stop("olga", "the vendor has left", now.minusSeconds(i / 2))
                        : null);
    }

    /// The log of a job that has tried for long.
    public List<JobLine> lines(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(
                        i ->
                                new JobLine(
                                        i,
                                        now.minusSeconds(count - i),
                                        1 + i / 500,
                                        i % 100 == 0 ? "ERROR" : "INFO",
                                        "mail " + i + ": 550 5.1.1 no such user"))
                .toList();
    }
}
