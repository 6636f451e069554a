package dev.slipway.shop;

import dev.slipway.shop.answers.Dashboard;
import dev.slipway.shop.answers.NewOrder;
import dev.slipway.shop.answers.Order;
import dev.slipway.shop.answers.OrderTaken;
import dev.slipway.shop.answers.Product;
import dev.slipway.shop.answers.ProductPage;
import dev.slipway.shop.answers.ShopRoutes;
import dev.slipway.shop.answers.VendorPage;
import dev.slipway.shop.cache.Cache;
import dev.slipway.shop.cache.CacheSettings;
import dev.slipway.shop.cache.CaffeineCache;
import dev.slipway.shop.cache.RedisCache;
import dev.slipway.shop.cache.Schema;
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

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The new shop: every entity behind the service token, a cache before the database, and orders
/// passed on to legacy as long as that is the only writer.
public final class ShopServer implements AutoCloseable {
    public static final String CACHE = ShopRoutes.ROOT + "/cache";
    public static final String INTAKE = ShopRoutes.ROOT + "/intake/{reference}";

    /// What answers are made of: a change of one is another shape of what the cache keeps.
    private static final List<Class<?>> ANSWERS =
            List.of(
                    ProductPage.class,
                    Product.class,
                    VendorPage.class,
                    Dashboard.class,
                    Order.class);

    private final ShopDatabase database;
    private final ShopDatabase intakeDatabase;
    private final NewShop shop;
    private final Cache cache;
    private final Intake intake;
    private final Forwarder forwarder;
    private final Server server;

    private ShopServer(ShopSettings settings, InstantSource clock) {
        this.database = ShopDatabase.shop(settings.database());
        this.intakeDatabase = ShopDatabase.intake(settings.intake());
        this.shop = new NewShop(database);
        this.cache = cache(settings, clock);
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

    private static Cache cache(ShopSettings settings, InstantSource clock) {
        CacheSettings cache = settings.cache();
        // processes share answers if they are of one shape and come from one database
        String name = Schema.of(ANSWERS) + ":" + Schema.name(settings.database());
        return cache.redis()
                .<Cache>map(redis -> new RedisCache(redis, cache.ages(), name, clock))
                .orElseGet(() -> new CaffeineCache(cache.ages(), cache.maxBytes()));
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

    /// 202 if the processes that share the cache are yet to be told.
    private Reply clearCache(Ask ask) {
        return Reply.of(cache.clear() ? 200 : 202, health());
    }

    /// How the shop is.
    ///
    /// @param status `up`
    /// @param cacheHitRatio 0 to 1 since the start; null if nothing was asked
    public record Health(
            String status,
            @Nullable Double cacheHitRatio,
            Cache.Stats cache,
            Intake.Depth intake) {}

    private Health health() {
        Cache.Stats stats = cache.stats();
        return new Health("up", stats.hitRatio(), stats, intake.depth());
    }

    public String url() {
        return server.url();
    }

    @Override
    public void close() throws InterruptedException {
        server.close();
        forwarder.close();
        cache.close();
        intakeDatabase.close();
        database.close();
    }
}
