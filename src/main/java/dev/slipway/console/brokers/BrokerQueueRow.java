package dev.slipway.console.brokers;

import dev.slipway.api.brokers.BrokerQueue;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/// A broker's queue as the table shows it. What the broker does not say is a dash, never 0.
///
/// @param verdict what is wrong, in words; empty if nothing is
/// @param oldest how old the message at its head says it is; `unknown` if it does not say, and a
///   dash if none waits
public record BrokerQueueRow(
        BrokerQueue queue, BrokerTrouble trouble, boolean stale, String verdict, String oldest) {
    private static final int LONGEST = 120;

    /// What is wrong first, the most messages first among these.
    static final Comparator<BrokerQueueRow> WORST_FIRST =
            Comparator.comparing(BrokerQueueRow::trouble)
                    .thenComparing(row -> -number(row.queue.ready()))
                    .thenComparing(row -> row.queue.id());

    static BrokerQueueRow of(BrokerQueue queue, boolean stale, Instant now, Wording words) {
        BrokerTrouble trouble = BrokerTrouble.of(queue, stale);
        Long ready = queue.ready();
        String oldest =
                ready != null && ready == 0
                        ? Figures.UNKNOWN
                        : queue.oldest() == null
                                ? words.say("brokers.unknown")
                                : Figures.age(queue.oldest(), now);
        String verdict =
                switch (trouble) {
                    case DOWN -> words.say("brokers.trouble.down", readable(queue.state()));
                    case NO_CONSUMER -> words.say("brokers.trouble.noConsumer", count(ready));
                    case STALE -> "";
                    case UNKNOWN -> words.say("brokers.trouble.unknown");
                    case NONE -> "";
                };
        if (stale) {
            String asOf = words.say("brokers.asOf", Figures.moment(queue.at(), now));
            verdict = verdict.isEmpty() ? asOf : verdict + ", " + asOf;
        }
        return new BrokerQueueRow(queue, trouble, stale, verdict, oldest);
    }

    /// With its virtual host, if that is not the usual one.
    String name() {
        String host = queue.vhost();
        return readable(host.equals("/") ? queue.name() : host + " · " + queue.name());
    }

    /// Names are others' texts: what can't be seen or turns the line around is shown as a box.
    static String readable(String text) {
        StringBuilder readable = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .forEach(c -> readable.appendCodePoint(visible(c) ? c : '\u25a1'));
        return readable.toString();
    }

    private static boolean visible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    boolean has(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        String all = queue.broker() + " " + queue.vhost() + " " + queue.name() + " " + verdict;
        return all.toLowerCase(Locale.ROOT).contains(wanted);
    }

    static String count(@Nullable Long number) {
        return number == null ? Figures.UNKNOWN : Figures.count(number);
    }

    static String rate(@Nullable Double perSecond) {
        return perSecond == null ? Figures.UNKNOWN : Figures.rate(perSecond);
    }

    /// For sorting: what is not known stands below 0.
    static double number(@Nullable Number number) {
        return number == null ? -1 : number.doubleValue();
    }
}
