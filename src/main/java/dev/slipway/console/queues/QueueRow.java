package dev.slipway.console.queues;

import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// A queue as the table shows it.
///
/// @param oldest how long the job that waits longest has waited; a dash if none waits
/// @param trouble the worst that holds
/// @param verdict all that is wrong, in words, the worst first; empty if nothing is
/// @param hold its pause, or null
public record QueueRow(
        QueueStatus status, Trouble trouble, String verdict, String oldest, @Nullable Hold hold) {

    /// What is wrong first.
    static final Comparator<QueueRow> WORST_FIRST =
            Comparator.comparing(QueueRow::trouble)
                    .thenComparing(row -> -row.status().dead())
                    .thenComparing(row -> row.status().name());

    static QueueRow of(QueueStatus status, @Nullable Hold hold, Instant now, Wording words) {
        List<Trouble> all = Trouble.all(status, hold, now);
        String oldest =
                status.ready() == 0
                        ? Figures.UNKNOWN
                        : status.oldestReady() == null
                                ? words.say("queues.age.unknown")
                                : Figures.age(status.oldestReady(), now);
        String verdict =
                all.stream()
                        .map(trouble -> said(trouble, status, hold, oldest, now, words))
                        .collect(Collectors.joining("; "));
        return new QueueRow(
                status, all.isEmpty() ? Trouble.NONE : all.getFirst(), verdict, oldest, hold);
    }

    private static String said(
            Trouble trouble,
            QueueStatus status,
            @Nullable Hold hold,
            String oldest,
            Instant now,
            Wording words) {
        return switch (trouble) {
            case NO_WORKER -> noWorker(status, words);
            case PAUSED -> HoldText.of(hold, now, words);
            case LATE -> words.say("queues.trouble.late", oldest);
            case DEAD -> words.say("queues.trouble.dead", Figures.count(status.dead()));
            case RETRYING -> words.say("queues.trouble.retrying", Figures.count(status.retrying()));
            case NONE -> "";
        };
    }

    private static String noWorker(QueueStatus status, Wording words) {
        String waiting = Figures.count(status.ready());
        return status.workers() == 0 || status.unserved() == null
                ? words.say("queues.trouble.noWorker", waiting)
                : words.say("queues.trouble.noWorkerFor", waiting, status.unserved());
    }
}
