package dev.slipway.console.queues;

import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;

/// A queue as the table shows it.
///
/// @param oldest how long the job that waits longest has waited; a dash if none waits
/// @param verdict what is wrong, in words; empty if nothing is
/// @param hold its pause, or null
public record QueueRow(
        QueueStatus status, Trouble trouble, String verdict, String oldest, @Nullable Hold hold) {

    /// What is wrong first.
    static final Comparator<QueueRow> WORST_FIRST =
            Comparator.comparing(QueueRow::trouble)
                    .thenComparing(row -> -row.status().dead())
                    .thenComparing(row -> row.status().name());

    static QueueRow of(QueueStatus status, @Nullable Hold hold, Instant now, Wording words) {
        Trouble trouble = Trouble.of(status, hold, now);
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
                    case PAUSED -> paused(status, hold, now, words);
                    case DEAD -> words.say("queues.trouble.dead", Figures.count(status.dead()));
                    case LATE -> words.say("queues.trouble.late", oldest);
                    case RETRYING ->
                            words.say("queues.trouble.retrying", Figures.count(status.retrying()));
                    case NONE -> "";
                };
        return new QueueRow(status, trouble, verdict, oldest, hold);
    }

    /// A pause doesn't hide that jobs are dead.
    private static String paused(
            QueueStatus status, @Nullable Hold hold, Instant now, Wording words) {
        String paused = HoldText.of(hold, now, words);
        return status.dead() == 0
                ? paused
                : words.say("queues.trouble.dead", Figures.count(status.dead())) + "; " + paused;
    }
}
