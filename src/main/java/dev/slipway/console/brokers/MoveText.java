package dev.slipway.console.brokers;

import dev.slipway.api.brokers.BrokerQueue;
import dev.slipway.api.brokers.MovePreview;
import dev.slipway.api.brokers.MoveVia;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Confirmation;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import java.time.Duration;

/// Says what a move of messages would do.
final class MoveText {
    private final Wording words;

    MoveText(Wording words) {
        this.words = words;
    }

    String of(MovePreview preview) {
        Long seconds = preview.seconds();
        var text =
                new StringBuilder(
                        words.say(
                                "dead.preview",
                                BrokerQueueRow.count(preview.messages()),
                                seconds == null
                                        ? words.say("brokers.unknown")
                                        : Figures.duration(Duration.ofSeconds(seconds)),
                                Figures.count(preview.looked())));
        for (MovePreview.Destination to : preview.destinations()) {
            String where = BrokerQueueRow.readable(to.to());
            String messages = Figures.count(to.messages());
            text.append('\n')
                    .append(
                            to.problem().isEmpty()
                                    ? words.say("dead.preview.to", messages, where)
                                    : words.say(
                                            "dead.preview.stays",
                                            messages,
                                            where,
                                            BrokerQueueRow.readable(to.problem())));
        }
        if (preview.staying() > 0) {
            text.append('\n')
                    .append(words.say("dead.preview.staying", Figures.count(preview.staying())));
        }
        return text.toString();
    }

    /// Asks for a move.
    ///
    /// @param chosen how many are meant; 0 for all of the queue
    /// @param previewed what a preview said
    Confirmation question(
            BrokerQueue queue, int chosen, MoveVia via, String previewed, Access.Place place) {
        String name = BrokerQueueRow.readable(queue.name());
        return new Confirmation(
                chosen > 0
                        ? words.say("dead.move.chosen.ask", chosen, name)
                        : words.say("dead.move.all.ask", name),
                previewed
                        + "\n\n"
                        + words.say("dead.move.text." + via.name(), name)
                        + atLimit(queue),
                words.say(chosen > 0 ? "dead.move.chosen.verb" : "dead.move.all.verb"),
                place,
                true);
    }

    /// What a delivery limit does to messages that are not moved; empty if there is none.
    private String atLimit(BrokerQueue asked) {
        Integer limit = asked.deliveryLimit();
        return limit == null ? "" : "\n\n" + words.say("dead.move.limit", Figures.count(limit));
    }
}
