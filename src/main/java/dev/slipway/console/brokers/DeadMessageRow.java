package dev.slipway.console.brokers;

import dev.slipway.api.brokers.DeadMessage;
import dev.slipway.api.brokers.Death;
import dev.slipway.api.brokers.Header;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A message that was looked at, as the table shows it.
///
/// @param place its place in the queue, from 1
/// @param origin the queue that it left last, or that this is not known
/// @param why why it left that
/// @param when it did so first
public record DeadMessageRow(
        DeadMessage message, int place, String origin, String why, String when) {
    private static final Set<String> REASONS =
            Set.of("rejected", "expired", "maxlen", "delivery_limit");

    static DeadMessageRow of(DeadMessage message, int place, Instant now, Wording words) {
        Death death = message.origin();
        return new DeadMessageRow(
                message,
                place,
                death == null ? words.say("dead.noOrigin") : BrokerQueueRow.readable(death.queue()),
                death == null ? "" : reason(death, words),
                death == null ? Figures.UNKNOWN : Figures.moment(death.at(), now));
    }

    private static String reason(Death death, Wording words) {
        return REASONS.contains(death.reason())
                ? words.say("dead.reason." + death.reason())
                : BrokerQueueRow.readable(death.reason());
    }

    /// One line of its payload.
    String line() {
        return BrokerQueueRow.readable(message.preview().replaceAll("\\s+", " "));
    }

    /// Its deaths in words, the latest first.
    static String deaths(DeadMessage message, Instant now, Wording words) {
        return message.deaths().isEmpty()
                ? words.say("dead.noDeath")
                : message.deaths().stream()
                        .map(death -> death(death, now, words))
                        .collect(Collectors.joining("\n"));
    }

    private static String death(Death death, Instant now, Wording words) {
        String keys =
                death.routingKeys().stream()
                        .map(key -> "'" + BrokerQueueRow.readable(key) + "'")
                        .collect(Collectors.joining(", "));
        Long count = death.count();
        return words.say(
                "dead.death",
                BrokerQueueRow.readable(death.queue()),
                reason(death, words),
                count == null
                        ? words.say("dead.times.unknown")
                        : words.say(
                                count == 1 ? "dead.times.one" : "dead.times", Figures.count(count)),
                Figures.moment(death.at(), now),
                death.exchange().isEmpty()
                        ? words.say("dead.defaultExchange")
                        : words.say("dead.exchange", BrokerQueueRow.readable(death.exchange())),
                keys.isEmpty() ? words.say("dead.noKey") : keys);
    }

    /// Its payload, headers and properties.
    static String content(DeadMessage message, Wording words) {
        var text = new StringBuilder();
        text.append(
                words.say(
                        message.cut() ? "dead.payload.cut" : "dead.payload",
                        Figures.count(message.bytes()),
                        words.say("dead.form." + form(message))));
        text.append('\n').append(message.preview()).append("\n\n");
        append(text, words.say("dead.headers"), message.headers());
        append(text, words.say("dead.properties"), message.properties());
        return text.toString();
    }

    private static String form(DeadMessage message) {
        return Set.of("json", "text", "hex").contains(message.form()) ? message.form() : "text";
    }

    private static void append(StringBuilder text, String title, List<Header> values) {
        if (!values.isEmpty()) {
            text.append(title).append('\n');
            values.forEach(
                    header ->
                            text.append(BrokerQueueRow.readable(header.name()))
                                    .append(": ")
                                    .append(header.value())
                                    .append('\n'));
            text.append('\n');
        }
    }
}
