package dev.slipway.console.overview;

import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.launch.Launch;
import dev.slipway.api.metrics.Pool;
import dev.slipway.api.metrics.Window;
import dev.slipway.api.migration.Run;
import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.client.kept.Metrics;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Wording;
import dev.slipway.console.queues.BrokerNotice;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;

/// Is the shop well? Where does the launch stand?
public final class OverviewViewModel {
    /// The window that verdicts are given on.
    private static final Duration NOW = Duration.ofMinutes(1);

    /// The window that orders are counted over: a minute of them is too few.
    private static final Duration ORDERS = Duration.ofMinutes(5);

    private final ResourceBundle texts;
    private final Map<Pool, ReadOnlyObjectWrapper<LoadState<PoolCard>>> pools =
            new EnumMap<>(Pool.class);
    private final ReadOnlyObjectWrapper<LoadState<Glance>> orders = waiting();
    private final ReadOnlyObjectWrapper<LoadState<Glance>> queues = waiting();
    private final ReadOnlyObjectWrapper<LoadState<Glance>> migration = waiting();
    private final ReadOnlyObjectWrapper<LoadState<Glance>> invoices = waiting();
    private final ReadOnlyObjectWrapper<LoadState<Glance>> launch = waiting();
    private final ReadOnlyObjectWrapper<LoadState<Launch>> shares = waiting();
    private final BrokerNotice broker;
    private LoadState<List<QueueStatus>> lastQueues = new LoadState.Idle<>();
    private LoadState<List<Window>> lastWindows = new LoadState.Idle<>();
    private boolean noneReachesBroker;
    private Instant now;

    public OverviewViewModel(ResourceBundle texts, Instant now) {
        this.texts = texts;
        this.now = now;
        this.broker = new BrokerNotice(() -> this.now, new Wording(texts));
        for (Pool pool : Pool.values()) {
            pools.put(pool, waiting());
        }
    }

    public void showWindows(LoadState<List<Window>> kept) {
        lastWindows = kept;
        var state = Metrics.measured(kept, now);
        pools.forEach((pool, card) -> card.set(state.map(windows -> card(windows, pool))));
        orders.set(state.map(windows -> Glance.orders(shopWide(windows, ORDERS), texts)));
    }

    public void showQueues(LoadState<List<QueueStatus>> state) {
        lastQueues = state;
        broker.showQueues(state);
        queues.set(
                state.map(
                        all -> {
                            Glance glance = Glance.queues(all, now, texts);
                            return noneReachesBroker ? glance.withoutBroker(texts) : glance;
                        }));
    }

    public void showBroker(LoadState<List<BrokerStatus>> state) {
        broker.show(state);
        noneReachesBroker =
                state.value().orElse(List.of()).stream()
                        .anyMatch(
                                status ->
                                        status.state() == BrokerStatus.State.AWAY
                                                && status.reachedBy() == null);
        showQueues(lastQueues);
    }

    public void showRuns(LoadState<List<Run>> state) {
        migration.set(state.map(runs -> Glance.migration(runs, texts)));
    }

    public void showInvoiceRuns(LoadState<List<InvoiceRun>> state) {
        invoices.set(state.map(runs -> Glance.invoices(runs, texts)));
    }

    public void showLaunch(LoadState<Launch> state) {
        shares.set(state);
        launch.set(state.map(now -> Glance.launch(now, texts)));
    }

    /// Ages grow.
    public void tick(Instant time) {
        now = time;
        showWindows(lastWindows);
        showQueues(lastQueues);
    }

    public ReadOnlyObjectProperty<LoadState<PoolCard>> pool(Pool pool) {
        return wrapper(pool).getReadOnlyProperty();
    }

    /// That the broker is away which brings jobs to the workers; its texts are empty otherwise.
    public BrokerNotice broker() {
        return broker;
    }

    public ReadOnlyObjectProperty<LoadState<Glance>> orders() {
        return orders.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<LoadState<Glance>> queues() {
        return queues.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<LoadState<Glance>> migration() {
        return migration.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<LoadState<Glance>> invoices() {
        return invoices.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<LoadState<Glance>> launch() {
        return launch.getReadOnlyProperty();
    }

    /// Intended, reported and measured.
    public ReadOnlyObjectProperty<LoadState<Launch>> shares() {
        return shares.getReadOnlyProperty();
    }

    private PoolCard card(List<Window> windows, Pool pool) {
        return shopWide(windows, NOW).stream()
                .filter(window -> window.pool() == pool)
                .findFirst()
                .map(window -> PoolCard.of(window, texts))
                .orElseGet(
                        () ->
                                windows.isEmpty()
                                        ? PoolCard.without(
                                                Verdict.UNKNOWN,
                                                texts.getString("overview.reason.UNKNOWN"))
                                        : PoolCard.without(
                                                Verdict.QUIET,
                                                texts.getString("overview.reason.none")));
    }

    /// The windows over all routes of the wanted length, or of the length nearest to it.
    private static List<Window> shopWide(List<Window> windows, Duration wanted) {
        var all = windows.stream().filter(window -> window.route().equals("*")).toList();
        var length =
                all.stream()
                        .map(Window::window)
                        .min(Comparator.comparing(each -> each.minus(wanted).abs()));
        return length.map(
                        nearest ->
                                all.stream()
                                        .filter(window -> window.window().equals(nearest))
                                        .toList())
                .orElse(List.of());
    }

    private ReadOnlyObjectWrapper<LoadState<PoolCard>> wrapper(Pool pool) {
        ReadOnlyObjectWrapper<LoadState<PoolCard>> found = pools.get(pool);
        if (found == null) {
            throw new IllegalArgumentException("no such pool: " + pool);
        }
        return found;
    }

    private static <T> ReadOnlyObjectWrapper<LoadState<T>> waiting() {
        return new ReadOnlyObjectWrapper<>(new LoadState.Idle<>());
    }
}
