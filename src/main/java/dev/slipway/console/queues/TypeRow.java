package dev.slipway.console.queues;

import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.TypeStatus;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;

/// A type of job as the table shows it.
///
/// @param running `2 of 2`, or `2` where any number may run
/// @param oldest how long the job that waits longest has waited; a dash if none waits
/// @param verdict why jobs of the type do not start, in words; empty if nothing holds them
/// @param hold its pause, or null
public record TypeRow(
        TypeStatus status, String running, String oldest, String verdict, @Nullable Hold hold) {

    /// What does not start comes first.
    static final Comparator<TypeRow> HELD_FIRST =
            Comparator.comparing((TypeRow row) -> row.verdict.isEmpty())
                    .thenComparing(row -> row.status.type());

    static TypeRow of(TypeStatus status, @Nullable Hold hold, Instant now, Wording words) {
        Integer most = status.most();
        String running = Figures.count(status.running());
        String verdict =
                hold != null
                        ? HoldText.of(hold, now, words)
                        : status.full() && most != null
                                ? words.say("types.full", running, Figures.count(most))
                                : "";
        return new TypeRow(
                status,
                most == null ? running : words.say("types.runningOf", running, Figures.count(most)),
                Figures.age(status.oldestReady(), now),
                verdict,
                hold);
    }
}
