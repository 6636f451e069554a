package dev.slipway.backend.queues.repair;

import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.Job;
import dev.slipway.backend.queues.holds.Holds;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Says when jobs that are put back will wait because someone paused their queue or type.
final class Held {
    private Held() {}

    /// @param jobs some of those that are meant
    /// @param target the queue that they go to, or null for their own
    /// @return empty if nothing of theirs is paused
    static String note(Handle handle, Holds holds, List<Job> jobs, @Nullable String target) {
        return jobs.stream()
                .flatMap(job -> hold(handle, holds, job, target).stream())
                .findFirst()
                .map(Held::text)
                .orElse("");
    }

    private static Optional<Hold> hold(
            Handle handle, Holds holds, Job job, @Nullable String target) {
        return holds.of(handle, HoldKind.QUEUE, target == null ? job.queue() : target)
                .or(() -> holds.of(handle, HoldKind.TYPE, job.type()));
    }

    private static String text(Hold hold) {
        return "The %s %s was paused by %s (%s): what is put back there waits."
                .formatted(
                        hold.kind().name().toLowerCase(Locale.ROOT),
                        hold.name(),
                        hold.by(),
                        hold.reason());
    }
}
