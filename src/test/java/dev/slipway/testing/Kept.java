package dev.slipway.testing;

import dev.slipway.api.Health;
import dev.slipway.api.access.Role;
import dev.slipway.api.access.Session;
import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobState;
import dev.slipway.api.queues.Priority;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.client.offline.ConnectionState;
import dev.slipway.client.offline.Document;

import java.time.Instant;

/// Small things for the offline store to keep.
public final class Kept {
    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private Kept() {}

    public static ConnectionState online() {
        return new ConnectionState.Online(
                new Health(true, "1", "test", "#000000", false, "e", 1, NOW, NOW),
                new Session(null, "ada", Role.ADMIN, NOW));
    }

    public static Document queue(String name, long ready) {
        return Document.of(Kind.QUEUE, name, status(name, ready));
    }

    public static QueueStatus status(String name, long ready) {
        return new QueueStatus(name, ready, 0, 0, 0, null, 0, 0, 0, 1, null);
    }

    public static Document job(String id, JobState state) {
        Job job = jobOf(id);
        return Document.of(
                Kind.JOB,
                id,
                new Job(
                        id,
                        job.queue(),
                        job.type(),
                        job.subject(),
                        state,
                        1,
                        5,
                        NOW,
                        NOW,
                        null,
                        null,
                        null,
                        0,
                        0,
                        null,
                        null,
                        Priority.NORMAL,
                        null));
    }

    public static Job jobOf(String id) {
        return new Job(
                id,
                "q",
                "t",
                "s",
                JobState.DEAD,
                5,
                5,
                NOW,
                NOW,
                null,
                null,
                null,
                0,
                0,
                "boom",
                "f",
                Priority.NORMAL,
                null);
    }
}
