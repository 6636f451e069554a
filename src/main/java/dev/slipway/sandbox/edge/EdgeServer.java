package dev.slipway.sandbox.edge;

import dev.slipway.shop.answers.ShopRoutes;
import dev.slipway.shop.http.Bearer;
import dev.slipway.shop.http.Reply;
import dev.slipway.shop.http.Route;
import dev.slipway.shop.http.Server;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Serves visitors below `/shop/v1` and the router's commands, for those with the token, below
/// `/edge/v1`.
public final class EdgeServer implements AutoCloseable {
    private static final String ADMIN = "/edge/v1";

    private final Weight weight;
    private final Meter meter;
    private final Map<Pool, Upstream> pools;
    private final Server server;

    /// Where the edge is, what lies behind it, and where it keeps the weight.
    ///
    /// @param port 0 for any that is free
    /// @param shopToken the service token that the new shop wants
    public record Settings(
            int port, Path tokenFile, Path state, URI legacy, URI shop, String shopToken) {}

    private EdgeServer(Settings settings, InstantSource clock, List<Route> more) {
        this.weight = new Weight(settings.state());
        this.meter = new Meter(clock);
        this.pools =
                Map.of(
                        Pool.LEGACY,
                        new Upstream(settings.legacy(), Optional.empty()),
                        Pool.NEW,
                        new Upstream(settings.shop(), Optional.of(settings.shopToken())));
        var splitter = new Splitter(weight, pools, meter, clock);
        var bearer = Bearer.ofFile(settings.tokenFile());
        List<Route> routes = new ArrayList<>();
        routes.add(new Route("*", ShopRoutes.ROOT + "/**", splitter::pass));
        admin().forEach(route -> routes.add(bearer.guard(route)));
        more.forEach(route -> routes.add(bearer.guard(route)));
        this.server = Server.start("127.0.0.1", settings.port(), routes);
        meter.start();
    }

    /// Starts to serve.
    ///
    /// @param more further commands for those with the token
    public static EdgeServer start(Settings settings, InstantSource clock, List<Route> more) {
        return new EdgeServer(settings, clock, more);
    }

    private List<Route> admin() {
        return List.of(
                new Route("GET", ADMIN + "/weight", _ -> Reply.ok(weight.value())),
                new Route(
                        "PUT",
                        ADMIN + "/weight",
                        ask -> Reply.ok(weight.set(ask.body(Weight.Value.class)))),
                new Route(
                        "GET",
                        ADMIN + "/intervals",
                        ask -> Reply.ok(meter.after(ask.query("after", 0, MAX_SEQ, 0)))));
    }

    private static final long MAX_SEQ = Long.MAX_VALUE;

    public String url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
        meter.close();
        pools.values().forEach(Upstream::close);
    }
}
