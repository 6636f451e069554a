package dev.slipway.console.brokers;

import dev.slipway.api.access.Role;
import dev.slipway.api.brokers.Broker;
import dev.slipway.api.brokers.BrokerQueue;
import dev.slipway.api.brokers.DeadMessage;
import dev.slipway.api.brokers.LookAt;
import dev.slipway.api.brokers.LookedAt;
import dev.slipway.api.brokers.MoveMessages;
import dev.slipway.api.brokers.MoveStarted;
import dev.slipway.api.brokers.MoveVia;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Confirmation;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Looks at the messages of one queue and moves them back. What was looked at is kept in memory
/// alone, and forgotten with the next queue.
public final class DeadLettersViewModel {
    private final BrokerCommands commands;
    private final Commander commander;
    private final Consumer<String> tell;
    private final Access access;
    private final InstantSource clock;
    private final Wording words;
    private final MoveText text;
    private final Allowed allowed;

    private final ObservableList<DeadMessageRow> rows = FXCollections.observableArrayList();
    private final ObservableList<DeadMessageRow> selected = FXCollections.observableArrayList();
    private final ObjectProperty<Integer> count = new SimpleObjectProperty<>(this, "count", 50);
    private final ObjectProperty<MoveVia> via =
            new SimpleObjectProperty<>(this, "via", MoveVia.QUEUE);
    private final ObjectProperty<Integer> rate = new SimpleObjectProperty<>(this, "rate", 50);
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(this, "title", "");
    private final ReadOnlyStringWrapper extent = new ReadOnlyStringWrapper(this, "extent", "");
    private final ReadOnlyStringWrapper previewed = new ReadOnlyStringWrapper(this, "preview", "");
    private final StringProperty noChoice = new SimpleStringProperty("");
    private final StringProperty noPreviewOfChosen = new SimpleStringProperty("");
    private final StringProperty noPreviewOfAll = new SimpleStringProperty("");
    private final Gate lookGate;
    private final Gate previewGate;
    private final Gate moveChosenGate;
    private final Gate moveAllGate;
    private @Nullable BrokerQueue queue;
    private List<String> chosen = List.of();
    private Of of = Of.NOTHING;

    /// What the preview is of.
    private enum Of {
        NOTHING,
        CHOSEN,
        ALL
    }

    public DeadLettersViewModel(
            BrokerCommands commands,
            Commander commander,
            Consumer<String> tell,
            Access access,
            InstantSource clock,
            Wording words) {
        this.commands = commands;
        this.commander = commander;
        this.tell = tell;
        this.access = access;
        this.clock = clock;
        this.words = words;
        this.text = new MoveText(words);
        this.allowed = new Allowed(words);
        Gate repair = access.to(Role.OPERATOR, Role.ONCALL).also(commander.busy());
        this.lookGate = repair.also(allowed.noLook());
        this.previewGate = repair.also(allowed.noMove());
        Gate moveGate = previewGate.also(allowed.noMoveAtLimit());
        this.moveChosenGate = moveGate.also(noChoice).also(noPreviewOfChosen);
        this.moveAllGate = moveGate.also(noPreviewOfAll);
        selected.addListener((ListChangeListener<DeadMessageRow>) _ -> chosenAnew());
        via.addListener((_, _, _) -> forgetPreview());
        rate.addListener((_, _, _) -> forgetPreview());
        show(null, Optional.empty());
        gates();
    }

    /// Turns to a queue; what was seen of another one is forgotten.
    public void show(@Nullable BrokerQueue now, Optional<Broker> broker) {
        String before = queue == null ? "" : queue.id();
        queue = now;
        allowed.show(now, broker.map(Broker::access).orElse(null));
        if (!before.equals(now == null ? "" : now.id())) {
            rows.clear();
            selected.clear();
            extent.set("");
            allowed.despiteLimit().set(false);
            forgetPreview();
        }
        title.set(
                now == null
                        ? words.say("dead.none")
                        : words.say(
                                "dead.title",
                                BrokerQueueRow.readable(now.name()),
                                BrokerQueueRow.readable(now.broker())));
    }

    private void gates() {
        noChoice.set(selected.isEmpty() ? words.say("dead.noneChosen") : "");
        noPreviewOfChosen.set(of == Of.CHOSEN ? "" : words.say("dead.previewFirst"));
        noPreviewOfAll.set(
                switch (of) {
                    case NOTHING -> words.say("dead.previewFirst");
                    case CHOSEN -> words.say("dead.previewOfAllFirst");
                    case ALL -> "";
                });
    }

    /// A preview of other messages says nothing of these.
    private void chosenAnew() {
        List<String> now = fingerprints();
        if (now.equals(chosen)) {
            gates();
        } else {
            chosen = now;
            forgetPreview();
        }
    }

    private List<String> fingerprints() {
        return selected.stream().map(row -> row.message().fingerprint()).toList();
    }

    private void forgetPreview() {
        previewed.set("");
        of = Of.NOTHING;
        gates();
    }

    public void look() {
        BrokerQueue asked = queue;
        if (asked != null && lookGate.open()) {
            var look =
                    new LookAt(
                            asked.vhost(), asked.name(), count.get(), allowed.despiteLimit().get());
            commander.give(
                    () -> commands.look(asked.broker(), look), found -> looked(asked, found));
        }
    }

    private void looked(BrokerQueue asked, LookedAt found) {
        if (queue == null || !queue.id().equals(asked.id())) {
            return;
        }
        List<DeadMessageRow> fresh = new ArrayList<>();
        for (DeadMessage message : found.messages()) {
            fresh.add(DeadMessageRow.of(message, fresh.size() + 1, clock.instant(), words));
        }
        rows.setAll(fresh);
        extent.set(
                words.say(
                        "dead.extent",
                        Figures.count(fresh.size()),
                        BrokerQueueRow.count(found.ready()),
                        Figures.moment(found.at(), clock.instant())));
    }

    /// Asks what a move of the chosen, or else of all, would do.
    public void preview() {
        BrokerQueue asked = queue;
        if (asked != null && previewGate.open()) {
            MoveMessages move = move(asked, !selected.isEmpty(), "");
            List<String> meant = List.copyOf(chosen);
            commander.give(
                    () -> commands.preview(asked.broker(), move),
                    preview -> {
                        boolean same = queue != null && queue.id().equals(asked.id());
                        if (same && meant.equals(chosen)) {
                            previewed.set(text.of(preview));
                            of = meant.isEmpty() ? Of.ALL : Of.CHOSEN;
                            gates();
                        }
                    });
        }
    }

    private MoveMessages move(BrokerQueue asked, boolean ofChosen, String reason) {
        return new MoveMessages(
                asked.vhost(),
                asked.name(),
                ofChosen ? fingerprints() : List.of(),
                via.get(),
                rate.get(),
                allowed.despiteLimit().get(),
                reason);
    }

    /// Names what a move would take, for a person to confirm and to give a reason for.
    ///
    /// @param ofChosen the chosen messages; else all of the queue
    public Optional<Confirmation> beforeMove(boolean ofChosen) {
        BrokerQueue asked = queue;
        if (asked == null || !(ofChosen ? moveChosenGate : moveAllGate).open()) {
            return Optional.empty();
        }
        return Optional.of(
                text.question(
                        asked,
                        ofChosen ? selected.size() : 0,
                        via.get(),
                        previewed.get(),
                        access.place()));
    }

    public void move(boolean ofChosen, String reason) {
        BrokerQueue asked = queue;
        if (asked != null && (ofChosen ? moveChosenGate : moveAllGate).open()) {
            MoveMessages move = move(asked, ofChosen, reason);
            commander.give(() -> commands.move(asked.broker(), move), this::moved);
        }
    }

    private void moved(MoveStarted started) {
        tell.accept(words.say("dead.moved", started.jobId(), Figures.count(started.limit())));
    }

    public ObservableList<DeadMessageRow> rows() {
        return rows;
    }

    public ObservableList<DeadMessageRow> selected() {
        return selected;
    }

    /// How many messages to look at.
    public ObjectProperty<Integer> count() {
        return count;
    }

    public BooleanProperty despiteLimit() {
        return allowed.despiteLimit();
    }

    public ObjectProperty<MoveVia> via() {
        return via;
    }

    /// Messages per second at most.
    public ObjectProperty<Integer> rate() {
        return rate;
    }

    public ReadOnlyStringProperty title() {
        return title.getReadOnlyProperty();
    }

    /// That looking counts; empty if it does not.
    public ReadOnlyStringProperty warning() {
        return allowed.warning();
    }

    public ReadOnlyStringProperty extent() {
        return extent.getReadOnlyProperty();
    }

    /// What a move would do; empty until that was asked.
    public ReadOnlyStringProperty previewed() {
        return previewed.getReadOnlyProperty();
    }

    public Gate lookGate() {
        return lookGate;
    }

    public Gate previewGate() {
        return previewGate;
    }

    public Gate moveChosenGate() {
        return moveChosenGate;
    }

    public Gate moveAllGate() {
        return moveAllGate;
    }
}
