package dev.slipway.backend.queues;

import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.Job;
import dev.slipway.backend.queues.Leases.Ending;
import dev.slipway.backend.queues.Leases.Line;
import dev.slipway.backend.queues.Leases.Progress;
import dev.slipway.backend.store.Events;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Writes down how a claim ended: done, given back, to be tried again, or dead.
final class Endings {
    private final Leases leases;
    private final Events events;
    private final Backoff backoff;

    Endings(Leases leases, Events events, Backoff backoff) {
        this.leases = leases;
        this.events = events;
        this.backoff = backoff;
    }

    /// @param lines what the handler still had to tell
    /// @return false if the lease was lost, and nothing was changed
    boolean write(
            Handle handle,
            StoredJob held,
            Progress progress,
            List<Line> lines,
            Outcome outcome,
            Instant now) {
        Verdict verdict =
                switch (outcome) {
                    case Outcome.Succeeded _ ->
                            new Verdict(
                                    JobAct.SUCCEED, new Ending(progress, null, null, null), null);
                    case Outcome.Stopped _ -> handBack(held.job(), progress, now);
                    case Outcome.Later later -> handBack(held.job(), progress, later.at());
                    case Outcome.Failed failed ->
                            failed(held.job(), progress, failed.failure(), now);
                };
        return write(handle, held, lines, verdict, now);
    }

    private boolean write(
            Handle handle, StoredJob held, List<Line> lines, Verdict verdict, Instant now) {
        Optional<Job> after = leases.move(handle, held, verdict.act, now, verdict.ending);
        if (after.isEmpty()) {
            return false;
        }
        lines.forEach(line -> leases.line(handle, held, line));
        if (verdict.line != null) {
            leases.line(handle, held, verdict.line);
        }
        tell(handle, after.get());
        return true;
    }

    /// Buries a job that seems to kill every worker that takes it.
    void buryKiller(Handle handle, StoredJob held, Instant now) {
        Job job = held.job();
        String error =
                "Its worker died %d times in a row while it ran; no error was left."
                        .formatted(held.losses());
        String print = Fingerprint.of(job.queue(), job.type(), "workers lost");
        var ending = new Ending(new Progress(job.done(), job.total()), null, error, print);
        var verdict = new Verdict(JobAct.BURY, ending, new Line(now, "ERROR", error));
        write(handle, held, List.of(), verdict, now);
    }

    /// Tells everyone how a job stands.
    void tell(Handle handle, Job job) {
        events.publish(handle, Kind.JOB, job.id(), job);
    }

    /// The failure of an attempt before stays known.
    private static Verdict handBack(Job job, Progress progress, Instant now) {
        var ending = new Ending(progress, now, job.error(), job.fingerprint());
        return new Verdict(JobAct.HAND_BACK, ending, null);
    }

    private Verdict failed(Job job, Progress progress, Throwable failure, Instant now) {
        String error = ErrorText.of(failure);
        String print = Fingerprint.of(job.queue(), job.type(), failure);
        boolean hopeless = failure instanceof JobFailure known && !known.worthRetrying();
        boolean bury = hopeless || job.attempt() >= job.maxAttempts();
        Instant again = bury ? null : now.plus(backoff.after(job.attempt()));
        return new Verdict(
                bury ? JobAct.BURY : JobAct.BACK_OFF,
                new Ending(progress, again, error, print),
                line(now, again, error));
    }

    private static Line line(Instant now, @Nullable Instant again, String error) {
        return again == null
                ? new Line(now, "ERROR", "Failed for good: " + error)
                : new Line(
                        now,
                        "WARNING",
                        "Failed, next attempt in %d s: %s"
                                .formatted(Duration.between(now, again).toSeconds(), error));
    }

    /// @param line what the job's log says of it, or null
    private record Verdict(JobAct act, Ending ending, @Nullable Line line) {}
}
