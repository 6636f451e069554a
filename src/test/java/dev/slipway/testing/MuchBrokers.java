package dev.slipway.testing;

import dev.slipway.api.Paths;
import dev.slipway.api.brokers.Broker;
import dev.slipway.api.brokers.BrokerAccess;
import dev.slipway.api.brokers.BrokerQueue;
import dev.slipway.api.brokers.BrokerState;
import dev.slipway.api.brokers.DeadMessage;
import dev.slipway.api.brokers.Death;
import dev.slipway.api.brokers.Header;
import dev.slipway.api.brokers.LookedAt;
import dev.slipway.api.brokers.MovePreview;
import dev.slipway.api.brokers.MoveStarted;
import dev.slipway.api.events.Kind;
import dev.slipway.api.metrics.CacheStatus;
import dev.slipway.client.offline.Document;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The shop's brokers and caches in a bad night: one broker is away, a queue is down, one has no
/// consumer, one gives no figures.
public final class MuchBrokers {
    public static final String SHOP = "shop";
    private final Instant now;

    public MuchBrokers(Instant now) {
        this.now = now;
    }

    public List<Document> documents() {
        List<Document> all = new ArrayList<>();
        brokers().forEach(b -> all.add(Document.of(Kind.BROKER, b.name(), b)));
        queues().forEach(q -> all.add(Document.of(Kind.BROKER_QUEUE, q.id(), q)));
        caches().forEach(c -> all.add(Document.of(Kind.CACHE, c.shop(), c)));
        return all;
    }

    public List<Broker> brokers() {
        return List.of(
                new Broker(
                        SHOP,
                        "RabbitMQ 3.10.8",
                        BrokerState.UP,
                        now.minusSeconds(86_000),
                        "",
                        BrokerAccess.MOVE,
                        24L,
                        24,
                        now.minusSeconds(2)),
                new Broker(
                        "warehouse",
                        "RabbitMQ 4.1.4",
                        BrokerState.AWAY,
                        now.minusSeconds(400),
                        "nothing answers there",
                        BrokerAccess.READ,
                        3L,
                        3,
                        now.minusSeconds(405)));
    }

    public List<BrokerQueue> queues() {
        List<BrokerQueue> all = new ArrayList<>();
        all.add(queue(SHOP, "/", "orders.dead", "quorum", "running", 4_182L, 0L, 0L, 0.0, null));
        all.add(queue(SHOP, "/", "prices", "quorum", "down", null, null, null, null, null));
        all.add(queue(SHOP, "/", "orders", "quorum", "running", 12L, 20L, 4L, 31.4, 31.0));
        all.add(
                queue(
                        SHOP,
                        "eu/west",
                        "stock/updates",
                        "classic",
                        "running",
                        0L,
                        3L,
                        2L,
                        8.0,
                        8.2));
        all.add(queue(SHOP, "/", "mail", "classic", "idle", null, null, null, null, null));
        for (int i = 0; i < 18; i++) {
            all.add(queue(SHOP, "/", "vendor-" + i, "classic", "idle", 0L, 0L, 1L, 0.0, 0.0));
        }
        for (int i = 0; i < 3; i++) {
            all.add(
                    queue(
                            "warehouse",
                            "/",
                            "pick-" + i,
                            "classic",
                            "running",
                            5L,
                            1L,
                            1L,
                            1.0,
                            1.0));
        }
        return all;
    }

    // a compiled record has lost that its list may hold null
    @SuppressWarnings("NullAway")
    private BrokerQueue queue(
            String broker,
            String vhost,
            String name,
            String type,
            String state,
            @Nullable Long ready,
            @Nullable Long unacked,
            @Nullable Long consumers,
            @Nullable Double in,
            @Nullable Double out) {
        List<@Nullable Long> depths = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            depths.add(ready == null || i % 29 == 3 ? null : Long.valueOf(ready * i / 60));
        }
        boolean old = ready != null && ready > 0 && type.equals("classic");
        return new BrokerQueue(
                broker,
                vhost,
                name,
                type,
                state,
                ready,
                unacked,
                consumers,
                in,
                out,
                out,
                old ? now.minusSeconds(130) : null,
                name.equals("orders") ? 20 : null,
                depths,
                now.minusSeconds(broker.equals(SHOP) ? 2 : 405));
    }

    public List<CacheStatus> caches() {
        return List.of(
                new CacheStatus(
                        "http://10.0.0.5:7470",
                        true,
                        "redis",
                        0.923,
                        18_204L,
                        1_402L,
                        61_022L,
                        120L << 20,
                        256L << 20,
                        12L,
                        null,
                        "",
                        now.minusSeconds(1)),
                new CacheStatus(
                        "http://10.0.0.6:7470",
                        true,
                        "redis",
                        0.0,
                        412L,
                        398L,
                        null,
                        null,
                        null,
                        null,
                        now.minusSeconds(95),
                        "Connection refused",
                        now.minusSeconds(1)));
    }

    public List<DeadMessage> messages(int number) {
        List<DeadMessage> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Death death =
                    i % 7 == 6
                            ? null
                            : new Death(
                                    "orders",
                                    "shop",
                                    List.of(i % 5 == 4 ? "" : "order.new"),
                                    i % 3 == 0 ? "rejected" : "expired",
                                    (long) i + 1,
                                    now.minusSeconds(60L * i + 300));
            all.add(
                    new DeadMessage(
                            "f" + i,
                            "",
                            "orders.dead",
                            i % 2 == 0,
                            48,
                            i % 4 == 3 ? "hex" : "json",
                            i % 4 == 3
                                    ? "00000000  50 4b 03 04\n"
                                    : "{\n  \"order\" : "
                                            + (4711 + i)
                                            + ",\n  \"buyer\" : \"Zoë\"\n}",
                            false,
                            List.of(new Header("tenant", "atelier-12")),
                            List.of(new Header("content_type", "application/json")),
                            death == null ? List.of() : List.of(death),
                            death));
        }
        return all;
    }

    /// Answers what can be asked of the broker `shop`.
    public void answer(FakeBackend backend, int rows) {
        String broker = "POST " + Paths.BROKERS + "/" + SHOP;
        backend.answer(
                broker + "/look",
                200,
                new LookedAt("/", "orders.dead", messages(rows), 4_182L, now));
        backend.answer(broker + "/moves/preview", 200, preview());
        backend.answer(broker + "/moves", 200, new MoveStarted("01j-move", 4_182));
    }

    public MovePreview preview() {
        return new MovePreview(
                4_182L,
                100,
                List.of(
                        new MovePreview.Destination("queue orders", 84, ""),
                        new MovePreview.Destination("queue old", 2, "the queue is gone")),
                16,
                84L);
    }
}
