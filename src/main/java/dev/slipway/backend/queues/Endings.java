package dev.slipway.backend.queues;

import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.AttemptEnd;
import dev.slipway.api.queues.Job;
import dev.slipway.backend.queues.Attempts.End;
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
    private final Attempts attempts = new Attempts();

    Endings(Leases leases, Events events, Backoff backoff) {
        this.leases = leases;
        this.events = events;
        this.backoff = backoff;
    }

    /// @param told what the handler did until then
    /// @return false if the lease was lost, and nothing was changed
    boolean write(Handle handle, StoredJob held, Told told, Outcome outcome, Instant now) {
        Verdict verdict =
                switch (outcome) {
                    case Outcome.Succeeded _ -> succeeded(told);
                    case Outcome.Stopped _ ->
                            handBack(held.job(), told, now, AttemptEnd.HANDED_BACK);
                    case Outcome.Later later ->
                            handBack(held.job(), told, later.at(), AttemptEnd.WAITS);
                    case Outcome.Failed failed -> failed(held.job(), told, failed.failure(), now);
                };
        if (!(outcome instanceof Outcome.Succeeded)) {
            verdict = unlessCancelled(handle, held, verdict, told, now);
        }
        return write(handle, held, told.lines, verdict, now);
    }

    private boolean write(
            Handle handle, StoredJob held, List<Line> lines, Verdict verdict, Instant now) {
        Optional<Job> after = leases.move(handle, held, verdict.act, now, verdict.ending);
        if (after.isEmpty()) {
            return false;
        }
        attempts.end(handle, held, verdict.end, now);
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
        var verdict =
                new Verdict(
                        JobAct.BURY,
                        ending,
                        new End(AttemptEnd.FAILED, error, print, null),
                        new Line(now, "ERROR", error));
        write(handle, held, List.of(), verdict, now);
    }

    /// Ends a job that was told to stop before this worker came to it.
    void cancelled(Handle handle, StoredJob held, Instant now) {
        Job job = held.job();
        var told = new Told(new Progress(job.done(), job.total()), List.of(), null);
        write(handle, held, told, new Outcome.Stopped(), now);
    }

    /// Tells everyone how a job stands.
    void tell(Handle handle, Job job) {
        events.publish(handle, Kind.JOB, job.id(), job);
    }

    private static Verdict succeeded(Told told) {
        return new Verdict(
                JobAct.SUCCEED,
                new Ending(told.progress, null, null, null),
                new End(AttemptEnd.SUCCEEDED, null, null, told.cpuMillis),
                null);
    }

    /// The failure of an attempt before stays known.
    private static Verdict handBack(Job job, Told told, Instant now, AttemptEnd how) {
        return new Verdict(
                JobAct.HAND_BACK,
                new Ending(told.progress, now, job.error(), job.fingerprint()),
                new End(how, null, null, told.cpuMillis),
                null);
    }

    private Verdict failed(Job job, Told told, Throwable failure, Instant now) {
        String error = ErrorText.of(failure);
        String print = Fingerprint.of(job.queue(), job.type(), failure);
        boolean hopeless = failure instanceof JobFailure known && !known.worthRetrying();
        boolean bury = hopeless || job.attempt() >= job.maxAttempts();
        Instant again = bury ? null : now.plus(backoff.after(job.attempt()));
        return new Verdict(
                bury ? JobAct.BURY : JobAct.BACK_OFF,
                new Ending(told.progress, again, error, print),
                new End(AttemptEnd.FAILED, error, print, told.cpuMillis),
                line(now, again, error));
    }

    /// A job that someone cancelled while it ran is neither handed back nor tried again.
    private static Verdict unlessCancelled(
            Handle handle, StoredJob held, Verdict otherwise, Told told, Instant now) {
        return Leases.stop(handle, held)
                .map(
                        stop -> {
                            End end = otherwise.end;
                            boolean failed = end.how() == AttemptEnd.FAILED;
                            return new Verdict(
                                    JobAct.DISCARD,
                                    new Ending(
                                            told.progress,
                                            null,
                                            otherwise.ending.error(),
                                            otherwise.ending.fingerprint()),
                                    new End(
                                            failed ? AttemptEnd.FAILED : AttemptEnd.CANCELLED,
                                            end.error(),
                                            end.fingerprint(),
                                            told.cpuMillis),
                                    new Line(now, "INFO", "Stopped, as " + stop.by() + " asked."));
                        })
                .orElse(otherwise);
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

    /// What a handler did until its end.
    ///
    /// @param lines what it still had to tell
    /// @param cpuMillis CPU time of its thread, or null if that is not known
    record Told(Progress progress, List<Line> lines, @Nullable Long cpuMillis) {}

    /// @param line what the job's log says of it, or null
    private record Verdict(JobAct act, Ending ending, End end, @Nullable Line line) {}
}
