package dev.slipway.shop;

import dev.slipway.shop.answers.NewOrder;
import dev.slipway.shop.answers.OrderTaken;
import dev.slipway.shop.answers.ShopRoutes;
import dev.slipway.shop.cache.Cache;
import dev.slipway.shop.cache.CaffeineCache;
import dev.slipway.shop.http.Ask;
import dev.slipway.shop.http.Bearer;
import dev.slipway.shop.http.Json;
import dev.slipway.shop.http.Problem;
import dev.slipway.shop.http.Reply;
import dev.slipway.shop.http.Route;
import dev.slipway.shop.http.Server;
import dev.slipway.shop.intake.Forwarder;
import dev.slipway.shop.intake.Intake;
import dev.slipway.shop.store.NewShop;
import dev.slipway.shop.store.ShopDatabase;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The new shop: every entity behind the service token, a cache before the database, and orders
/// passed on to legacy as long as that is the only writer.
public final class ShopServer implements AutoCloseable {
    public static final String CACHE = ShopRoutes.ROOT + "/cache";
    public static final String INTAKE = ShopRoutes.ROOT + "/intake/{reference}";

    private static final Duration CACHE_AGE = Duration.ofSeconds(10);
    private static final long CACHE_BYTES = 32L << 20;

    private final ShopDatabase database;
    private final ShopDatabase intakeDatabase;
    private final NewShop shop;
    private final Cache cache = new CaffeineCache(CACHE_AGE, CACHE_BYTES);
    private final Intake intake;
    private final Forwarder forwarder;
    private final Server server;

    private ShopServer(ShopSettings settings, InstantSource clock) {
        this.database = ShopDatabase.shop(settings.database());
        this.intakeDatabase = ShopDatabase.intake(settings.intake());
        this.shop = new NewShop(database);
        this.intake = new Intake(intakeDatabase, clock);
        this.forwarder = Forwarder.start(intake, settings.legacy());
        this.server =
                Server.start(
                        settings.host(),
                        settings.port(),
                        routes(Bearer.ofFile(settings.tokenFile())));
    }

    public static ShopServer start(ShopSettings settings, InstantSource clock) {
        return new ShopServer(settings, clock);
    }

    private List<Route> routes(Bearer bearer) {
        List<Route> guarded = new ArrayList<>(new ShopRoutes(shop, this::cached).reading());
        guarded.add(new Route("POST", ShopRoutes.ORDERS, this::take));
        guarded.add(new Route("GET", INTAKE, this::taken));
        guarded.add(new Route("DELETE", CACHE, this::clearCache));
        List<Route> routes = new ArrayList<>();
        routes.add(new Route("GET", ShopRoutes.HEALTH, _ -> Reply.ok(health())));
        guarded.forEach(route -> routes.add(bearer.guard(route)));
        return routes;
    }

    private Reply cached(String question, java.util.function.Supplier<Object> answer) {
        return Reply.encoded(cache.get(question, () -> Json.bytes(answer.get())));
    }

    private Reply take(Ask ask) {
        String reference = ShopRoutes.reference(ask);
        NewOrder order = ask.body(NewOrder.class).checked();
        OrderTaken taken = intake.take(reference, order, shop::worth);
        forwarder.wake();
        return Reply.of(202, taken);
    }

    private Reply taken(Ask ask) {
        String reference = ask.text("reference");
        return Reply.ok(
                intake.find(reference)
                        .orElseThrow(() -> Problem.notFound("order of reference", reference)));
    }

    private Reply clearCache(Ask ask) {
        cache.clear();
        return Reply.ok(health());
    }

    /// How the shop is.
    ///
    /// @param status `up`
    /// @param cacheHitRatio 0 to 1 since the start
    public record Health(
            String status,
            long cacheHits,
            long cacheMisses,
            double cacheHitRatio,
            long cacheEntries,
            Intake.Depth intake) {}

    private Health health() {
        Cache.Stats stats = cache.stats();
        return new Health(
                "up",
                stats.hits(),
                stats.misses(),
                stats.hitRatio(),
                stats.entries(),
                intake.depth());
    }

    public String url() {
        return server.url();
    }

    @Override
    public void close() throws InterruptedException {
        server.close();
        forwarder.close();
        intakeDatabase.close();
        database.close();
    }
}
