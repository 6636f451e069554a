package dev.slipway.console.brokers;

import dev.slipway.api.brokers.BrokerAccess;
import dev.slipway.api.brokers.BrokerQueue;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.jspecify.annotations.Nullable;

/// What may be done to a queue's messages: as the configuration allows it, and as far as a limit of
/// deliveries lets one look unasked.
final class Allowed {
    private final Wording words;
    private final BooleanProperty despiteLimit = new SimpleBooleanProperty(this, "despiteLimit");
    private final ReadOnlyStringWrapper warning = new ReadOnlyStringWrapper(this, "warning", "");
    private final StringProperty noLook = new SimpleStringProperty("");
    private final StringProperty noMove = new SimpleStringProperty("");
    private final StringProperty noMoveAtLimit = new SimpleStringProperty("");
    private @Nullable BrokerQueue queue;
    private @Nullable BrokerAccess access;

    Allowed(Wording words) {
        this.words = words;
        despiteLimit.addListener((_, _, _) -> judge());
    }

    /// @param now null for no queue
    /// @param allowed what the configuration allows at its broker; null if it names none
    void show(@Nullable BrokerQueue now, @Nullable BrokerAccess allowed) {
        queue = now;
        access = allowed;
        judge();
    }

    private void judge() {
        Integer limit = queue == null ? null : queue.deliveryLimit();
        boolean unasked = limit != null && !despiteLimit.get();
        warning.set(
                limit == null || access == BrokerAccess.READ
                        ? ""
                        : words.say("dead.limit", Figures.count(limit)));
        noLook.set(
                queue == null
                        ? words.say("dead.none")
                        : access == null || access == BrokerAccess.READ
                                ? words.say("dead.notAllowed.look")
                                : limit != null && unasked
                                        ? words.say("dead.limit", Figures.count(limit))
                                        : "");
        noMove.set(
                queue == null
                        ? words.say("dead.none")
                        : access != BrokerAccess.MOVE ? words.say("dead.notAllowed.move") : "");
        noMoveAtLimit.set(
                limit != null && unasked ? words.say("dead.limit.move", Figures.count(limit)) : "");
    }

    /// Whether someone meant it though each look counts.
    BooleanProperty despiteLimit() {
        return despiteLimit;
    }

    /// That looking counts; empty if it does not.
    ReadOnlyStringProperty warning() {
        return warning.getReadOnlyProperty();
    }

    /// Why its messages can't be looked at, or empty.
    StringProperty noLook() {
        return noLook;
    }

    /// Why its messages can't be moved by this configuration, or empty.
    StringProperty noMove() {
        return noMove;
    }

    /// Why its messages are not moved unasked, or empty.
    StringProperty noMoveAtLimit() {
        return noMoveAtLimit;
    }
}
