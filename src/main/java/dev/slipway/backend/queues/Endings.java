package dev.slipway.backend.queues;

import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.Job;
import dev.slipway.backend.store.Events;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.Instant;

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

    /// @return false if the lease was lost, and nothing was changed
    boolean write(Handle handle, StoredJob held, Outcome outcome, Instant now) {
        boolean written =
                switch (outcome) {
                    case Outcome.Succeeded _ -> leases.succeed(handle, held, now);
                    case Outcome.Stopped _ -> leases.handBack(handle, held, now);
                    case Outcome.Failed failed -> fail(handle, held, failed.failure(), now);
                };
        if (written) {
            tell(handle, held);
        }
        return written;
    }

    /// Buries a job that seems to kill every worker that takes it.
    void buryKiller(Handle handle, StoredJob held, Instant now) {
        String error =
                "Its worker died %d times in a row while it ran; no error was left."
                        .formatted(held.losses());
        Job job = held.job();
        leases.line(handle, held, new Leases.Line(now, "ERROR", error));
        leases.bury(
                handle, held, now, error, Fingerprint.of(job.queue(), job.type(), "workers lost"));
        tell(handle, held);
    }

    private boolean fail(Handle handle, StoredJob held, Throwable failure, Instant now) {
        Job job = held.job();
        String error = ErrorText.of(failure);
        String print = Fingerprint.of(job.queue(), job.type(), failure);
        boolean hopeless = failure instanceof JobFailure known && !known.worthRetrying();
        if (hopeless || job.attempt() >= job.maxAttempts()) {
            leases.line(handle, held, new Leases.Line(now, "ERROR", "Failed for good: " + error));
            return leases.bury(handle, held, now, error, print);
        }
        Duration wait = backoff.after(job.attempt());
        leases.line(
                handle,
                held,
                new Leases.Line(
                        now,
                        "WARNING",
                        "Failed, next attempt in %d s: %s".formatted(wait.toSeconds(), error)));
        return leases.backOff(handle, held, now, now.plus(wait), error, print);
    }

    /// Tells everyone how a job stands.
    void tell(Handle handle, StoredJob held) {
        String id = held.job().id();
        events.publish(handle, Kind.JOB, id, Jobs.byId(handle, id).orElseThrow().job());
    }
}
