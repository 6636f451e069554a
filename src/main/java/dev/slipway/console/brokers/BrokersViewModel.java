package dev.slipway.console.brokers;

import dev.slipway.api.brokers.Broker;
import dev.slipway.api.brokers.BrokerQueue;
import dev.slipway.api.brokers.BrokerState;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.Rows;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The brokers and their queues, what is wrong first.
public final class BrokersViewModel {
    private final InstantSource clock;
    private final Wording words;
    private final ObservableList<BrokerQueueRow> rows = FXCollections.observableArrayList();
    private final StringProperty text = new SimpleStringProperty(this, "text", "");
    private final ReadOnlyStringWrapper well = new ReadOnlyStringWrapper(this, "well", "");
    private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper(this, "trouble", "");
    private final ReadOnlyStringWrapper extent = new ReadOnlyStringWrapper(this, "extent", "");
    private final ReadOnlyObjectWrapper<LoadState<List<BrokerQueue>>> state =
            new ReadOnlyObjectWrapper<>(this, "state", new LoadState.Idle<>());
    private LoadState<List<Broker>> brokers = new LoadState.Idle<>();

    public BrokersViewModel(InstantSource clock, Wording words) {
        this.clock = clock;
        this.words = words;
        text.addListener((_, _, _) -> show());
    }

    public void showBrokers(LoadState<List<Broker>> fresh) {
        brokers = fresh;
        show();
    }

    public void showQueues(LoadState<List<BrokerQueue>> fresh) {
        state.set(fresh);
        show();
    }

    /// Brings ages up to date; called every second.
    public void tick() {
        show();
    }

    private void show() {
        Instant now = clock.instant();
        Map<String, Broker> known =
                known().stream().collect(Collectors.toMap(Broker::name, Function.identity()));
        List<BrokerQueueRow> all =
                state.get().value().orElse(List.of()).stream()
                        .map(queue -> row(queue, known.get(queue.broker()), now))
                        .toList();
        List<BrokerQueueRow> fresh =
                all.stream()
                        .filter(row -> row.has(text.get()))
                        .sorted(BrokerQueueRow.WORST_FIRST)
                        .toList();
        Rows.show(rows, fresh, row -> row.queue().id());
        extent.set(
                words.say(
                        "brokers.extent", Figures.count(fresh.size()), Figures.count(all.size())));
        well.set(lines(true, now));
        trouble.set(lines(false, now));
    }

    private BrokerQueueRow row(
            BrokerQueue queue, @org.jspecify.annotations.Nullable Broker broker, Instant now) {
        boolean stale = broker == null || broker.state() != BrokerState.UP;
        // a queue comes only when it is different: its broker says until when it was so
        Instant seen = broker == null ? null : broker.asOf();
        boolean later = stale && seen != null && seen.isAfter(queue.at());
        return BrokerQueueRow.of(
                later && seen != null ? queue.asOf(seen) : queue, stale, now, words);
    }

    private List<Broker> known() {
        return brokers.value().orElse(List.of());
    }

    private String lines(boolean up, Instant now) {
        return known().stream()
                .filter(broker -> (broker.state() == BrokerState.UP) == up)
                .map(broker -> line(broker, now))
                .collect(Collectors.joining("\n"));
    }

    private String line(Broker broker, Instant now) {
        String name = BrokerQueueRow.readable(broker.name());
        String product = BrokerQueueRow.readable(broker.product());
        String since = Figures.moment(broker.since(), now);
        String problem = BrokerQueueRow.readable(broker.problem());
        String asOf =
                broker.asOf() == null
                        ? words.say("brokers.never")
                        : words.say("brokers.asOf", Figures.moment(broker.asOf(), now));
        return switch (broker.state()) {
            case UP -> {
                Long queues = broker.queues();
                boolean more = queues != null && queues > broker.shown();
                yield more
                        ? words.say(
                                "brokers.up.more",
                                name,
                                product,
                                Figures.count(broker.shown()),
                                BrokerQueueRow.count(queues))
                        : words.say("brokers.up", name, product, Figures.count(broker.shown()));
            }
            case AWAY -> words.say("brokers.away", name, since, problem, asOf);
            case REFUSED -> words.say("brokers.refused", name, since, problem, asOf);
            case UNKNOWN -> words.say("brokers.notAsked", name);
        };
    }

    /// The broker of a queue, if it is known.
    Optional<Broker> broker(String name) {
        return known().stream().filter(broker -> broker.name().equals(name)).findFirst();
    }

    public ObservableList<BrokerQueueRow> rows() {
        return rows;
    }

    public StringProperty text() {
        return text;
    }

    /// The brokers that answer, a line each.
    public ReadOnlyStringProperty well() {
        return well.getReadOnlyProperty();
    }

    /// The brokers that don't, a line each; empty if all do.
    public ReadOnlyStringProperty trouble() {
        return trouble.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty extent() {
        return extent.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<LoadState<List<BrokerQueue>>> state() {
        return state.getReadOnlyProperty();
    }
}
