package dev.slipway.console.queues.command;

import static java.util.Objects.requireNonNullElse;

import dev.slipway.api.queues.Attempt;
import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobLine;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.api.queues.Stop;
import dev.slipway.api.queues.TypeStatus;
import dev.slipway.api.queues.Wait;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/// Jobs and queues as lines of text. Times are UTC, to the second.
final class JobText {
    private JobText() {}

    static String line(Job job) {
        return "%s  %-9s  %-20s  %d/%d  %s%s"
                .formatted(
                        job.id(),
                        job.stopping() ? "STOPPING" : job.state(),
                        job.type(),
                        job.attempt(),
                        job.maxAttempts(),
                        job.subject(),
                        job.error() == null ? "" : " · " + firstLine(job.error()));
    }

    static String facts(Job job) {
        var text = new StringBuilder();
        fact(text, "job", job.id());
        fact(text, "about", job.subject());
        fact(text, "state", job.stopping() ? "RUNNING, told to stop" : job.state().name());
        fact(text, "queue", job.queue());
        fact(text, "type", job.type());
        fact(text, "priority", job.priority().name());
        fact(text, "attempt", job.attempt() + " of " + job.maxAttempts());
        fact(text, "created", time(job.createdAt()));
        fact(text, "started", time(job.startedAt()));
        fact(text, "ended", time(job.endedAt()));
        fact(text, "worker", requireNonNullElse(job.worker(), "–"));
        fact(text, "done", job.done() + (job.total() > 0 ? " of " + job.total() : ""));
        Stop stop = job.stop();
        if (stop != null) {
            fact(text, "given up by", stop.by() + ", " + time(stop.at()) + ": " + stop.reason());
        }
        if (job.error() != null) {
            fact(text, "error", job.error());
            fact(text, "fingerprint", requireNonNullElse(job.fingerprint(), "–"));
        }
        return text.toString().stripTrailing();
    }

    private static void fact(StringBuilder text, String name, String value) {
        text.append("%-12s %s%n".formatted(name, value));
    }

    static String line(Attempt attempt) {
        Instant ended = attempt.endedAt();
        String took =
                ended == null
                        ? "runs"
                        : Duration.between(attempt.startedAt(), ended).toMillis() + " ms";
        Long cpu = attempt.cpuMillis();
        return "%3d  attempt %d  %s  %-11s  %10s  CPU %s  %s%s"
                .formatted(
                        attempt.number(),
                        attempt.attempt(),
                        time(attempt.startedAt()),
                        attempt.end() == null ? "RUNNING" : attempt.end(),
                        took,
                        cpu == null ? "unknown" : cpu + " ms",
                        attempt.worker(),
                        attempt.error() == null ? "" : " · " + firstLine(attempt.error()));
    }

    static String line(JobLine line) {
        return "%s  %d  %-7s  %s"
                .formatted(time(line.at()), line.attempt(), line.level(), line.message());
    }

    static String wait(Wait wait) {
        return switch (wait.why()) {
            case QUEUE_PAUSED -> "queue " + paused(wait.hold());
            case TYPE_PAUSED -> "type " + paused(wait.hold());
            case LIMIT -> "limit: %d of %d run".formatted(wait.running(), wait.most());
            case RETRY -> "tried again at " + time(wait.until());
            case LATER -> "not before " + time(wait.until());
            case BROKER -> "RabbitMQ, which brings jobs to workers, is away";
            case WORKER -> "for a worker";
        };
    }

    static String paused(@Nullable Hold hold) {
        if (hold == null) {
            return "paused";
        }
        Instant until = hold.until();
        return "paused by %s since %s %s: %s"
                .formatted(
                        hold.by(),
                        time(hold.since()),
                        until == null ? "until someone resumes it" : "until " + time(until),
                        hold.reason());
    }

    static String line(QueueStatus queue, Optional<Hold> hold) {
        return "%-20s  ready %d  running %d  retrying %d  dead %d  workers %d  oldest %s%s%s"
                .formatted(
                        queue.name(),
                        queue.ready(),
                        queue.running(),
                        queue.retrying(),
                        queue.dead(),
                        queue.workers(),
                        queue.ready() == 0 ? "–" : oldest(queue.oldestReady()),
                        queue.unserved() == null ? "" : "  no worker for " + queue.unserved(),
                        hold.map(h -> "  " + paused(h)).orElse(""));
    }

    static String line(TypeStatus type, Optional<Hold> hold) {
        Integer most = type.most();
        return "%-24s  running %d of %s  queues %s%s"
                .formatted(
                        type.type(),
                        type.running(),
                        most == null ? "any number" : most.toString(),
                        String.join(",", type.queues()),
                        hold.map(h -> "  " + paused(h)).orElse(""));
    }

    private static String oldest(@Nullable Instant since) {
        return since == null ? "unknown" : "since " + time(since);
    }

    static String time(@Nullable Instant at) {
        return at == null ? "–" : at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
