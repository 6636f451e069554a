package dev.slipway.console.queues;

import dev.slipway.api.queues.QueueStatus;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import java.time.Instant;
import java.util.Comparator;

/// A queue as the table shows it.
///
/// @param oldest how long the job that waits longest has waited; a dash if none waits
/// @param verdict what is wrong, in words; empty if nothing is
public record QueueRow(QueueStatus status, Trouble trouble, String verdict, String oldest) {

    /// What is wrong first.
    static final Comparator<QueueRow> WORST_FIRST =
            Comparator.comparing(QueueRow::trouble)
                    .thenComparing(row -> -row.status().dead())
                    .thenComparing(row -> row.status().name());

    static QueueRow of(QueueStatus status, Instant now, Wording words) {
        Trouble trouble = Trouble.of(status, now);
        String oldest =
                status.ready() == 0
                        ? Figures.UNKNOWN
                        : status.oldestReady() == null
                                ? words.say("queues.age.unknown")
                                : Figures.age(status.oldestReady(), now);
        String verdict =
                switch (trouble) {
                    case NO_WORKER ->
                            words.say("queues.trouble.noWorker", Figures.count(status.ready()));
                    case DEAD -> words.say("queues.trouble.dead", Figures.count(status.dead()));
                    case LATE -> words.say("queues.trouble.late", oldest);
                    case RETRYING ->
                            words.say("queues.trouble.retrying", Figures.count(status.retrying()));
                    case NONE -> "";
                };
        return new QueueRow(status, trouble, verdict, oldest);
    }
}
