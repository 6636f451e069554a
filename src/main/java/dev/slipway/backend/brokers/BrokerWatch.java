package dev.slipway.backend.brokers;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.brokers.Broker;
import dev.slipway.api.brokers.BrokerQueue;
import dev.slipway.api.brokers.BrokerState;
import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;
import dev.slipway.backend.rounds.Rounds;
import dev.slipway.backend.stream.LiveFeed;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads one broker's figures every few seconds and tells what is different. While it can't be
/// read, the figures stay as they were, with the time that they are of.
final class BrokerWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(5);
    static final int PAGE = 500;
    static final int MOST_QUEUES = 2_000;

    private final BrokerSettings settings;
    private final Management management;
    private final LiveFeed feed;
    private final InstantSource clock;
    private final Depths depths = new Depths();
    private final Rounds rounds;
    private volatile Broker broker;
    private volatile Map<String, BrokerQueue> queues = Map.of();

    BrokerWatch(
            BrokerSettings settings, Management management, LiveFeed feed, InstantSource clock) {
        this.settings = settings;
        this.management = management;
        this.feed = feed;
        this.clock = clock;
        this.broker = broker(BrokerState.UNKNOWN, clock.instant(), "", "", null, 0, null);
        this.rounds = new Rounds(BrokerWatch.class, "broker-" + settings.name());
    }

    void start() {
        rounds.every(
                EVERY, "the broker " + settings.name() + " could not be looked at", this::look);
    }

    Broker broker() {
        return broker;
    }

    List<BrokerQueue> queues() {
        return List.copyOf(queues.values());
    }

    BrokerSettings settings() {
        return settings;
    }

    Management management() {
        return management;
    }

    /// Asks once.
    void look() throws InterruptedException {
        try {
            JsonNode overview = management.get("/api/overview");
            String product = product(overview);
            List<BrokerQueue> found = new ArrayList<>();
            Long all = pages(found, product);
            took(product, found, all);
        } catch (BrokerRefused e) {
            boolean access = e.access();
            failed(access ? BrokerState.REFUSED : BrokerState.AWAY, String.valueOf(e.getMessage()));
        } catch (IOException | Unreadable e) {
            failed(BrokerState.AWAY, String.valueOf(e.getMessage()));
        }
    }

    private static String product(JsonNode overview) throws Unreadable {
        if (!overview.isObject()) {
            throw new Unreadable("its answer says nothing of the broker");
        }
        String name = Lenient.text(overview.path("product_name"));
        String version = Lenient.text(overview.path("product_version"));
        version = version.isEmpty() ? Lenient.text(overview.path("rabbitmq_version")) : version;
        return ((name.isEmpty() ? "RabbitMQ" : name) + " " + version).strip();
    }

    /// @return how many queues there are in all; null if the broker did not say
    private @Nullable Long pages(List<BrokerQueue> found, String product)
            throws IOException, InterruptedException, BrokerRefused, Unreadable {
        for (int page = 1; ; page++) {
            JsonNode answer = management.get("/api/queues?page=" + page + "&page_size=" + PAGE);
            if (!answer.isArray() && !answer.path("items").isArray()) {
                throw new Unreadable("its answer holds no list of queues");
            }
            List<BrokerQueue> here =
                    QueueAnswer.queues(settings.name(), answer, product, clock.instant());
            here.stream().limit(MOST_QUEUES - found.size()).forEach(found::add);
            Long pages = Lenient.count(answer.path("page_count"));
            // however many pages it claims: one without a queue, and the last that is shown, end it
            boolean last =
                    answer.isArray()
                            || pages == null
                            || page >= pages
                            || here.isEmpty()
                            || page >= MOST_QUEUES / PAGE;
            if (last || found.size() >= MOST_QUEUES) {
                return answer.isArray()
                        ? Long.valueOf(answer.size())
                        : Lenient.count(answer.path("total_count"));
            }
        }
    }

    private void took(String product, List<BrokerQueue> found, @Nullable Long all) {
        Instant now = clock.instant();
        Map<String, BrokerQueue> fresh = new LinkedHashMap<>();
        for (BrokerQueue queue : found) {
            fresh.put(queue.id(), depths.added(queue));
        }
        depths.keep(fresh.keySet());
        Map<String, BrokerQueue> before = queues;
        queues = fresh;
        tell(
                broker(
                        BrokerState.UP,
                        since(BrokerState.UP, now),
                        product,
                        "",
                        all,
                        fresh.size(),
                        now));
        fresh.forEach(
                (id, queue) -> {
                    BrokerQueue last = before.get(id);
                    if (last == null || !queue.equals(last.asOf(queue.at()))) {
                        feed.push(change(queue));
                    }
                });
        before.forEach(
                (id, _) -> {
                    if (!fresh.containsKey(id)) {
                        feed.push(new Change(Kind.BROKER_QUEUE.wire(), id, now, null));
                    }
                });
    }

    private void failed(BrokerState state, String problem) {
        Broker last = broker;
        Instant now = clock.instant();
        tell(
                broker(
                        state,
                        since(state, now),
                        last.product(),
                        problem,
                        last.queues(),
                        last.shown(),
                        last.asOf()));
    }

    private Instant since(BrokerState state, Instant now) {
        return broker.state() == state ? broker.since() : now;
    }

    private void tell(Broker fresh) {
        broker = fresh;
        feed.push(change(fresh));
    }

    private Broker broker(
            BrokerState state,
            Instant since,
            String product,
            String problem,
            @Nullable Long all,
            int shown,
            @Nullable Instant asOf) {
        return new Broker(
                settings.name(),
                product,
                state,
                since,
                problem,
                settings.access(),
                all,
                shown,
                asOf);
    }

    List<Change> snapshot() {
        List<Change> changes = new ArrayList<>();
        changes.add(change(broker));
        queues.values().forEach(queue -> changes.add(change(queue)));
        return changes;
    }

    private Change change(Broker value) {
        return new Change(Kind.BROKER.wire(), value.name(), clock.instant(), value);
    }

    private static Change change(BrokerQueue value) {
        return new Change(Kind.BROKER_QUEUE.wire(), value.id(), value.at(), value);
    }

    @Override
    public void close() {
        rounds.breakOff();
        management.close();
    }
}
