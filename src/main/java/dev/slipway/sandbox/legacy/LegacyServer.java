package dev.slipway.sandbox.legacy;

import dev.slipway.shop.answers.NewOrder;
import dev.slipway.shop.answers.ShopRoutes;
import dev.slipway.shop.http.Ask;
import dev.slipway.shop.http.Reply;
import dev.slipway.shop.http.Route;
import dev.slipway.shop.http.Server;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Serves the legacy shop. It knows no tokens and no cache.
public final class LegacyServer implements AutoCloseable {
    private final Connections connections;
    private final LegacyCheckout checkout;
    private final Server server;

    private LegacyServer(String host, int port, Path database, InstantSource clock) {
        this.connections = new Connections(database);
        this.checkout = new LegacyCheckout(connections, clock);
        List<Route> routes = new ArrayList<>();
        routes.add(new Route("GET", ShopRoutes.HEALTH, _ -> Reply.ok(Map.of("status", "up"))));
        routes.add(new Route("POST", ShopRoutes.ORDERS, this::take));
        routes.addAll(
                new ShopRoutes(new LegacyShop(connections), (_, answer) -> Reply.ok(answer.get()))
                        .reading());
        this.server = Server.start(host, port, routes);
    }

    /// @param port 0 for any that is free
    public static LegacyServer start(String host, int port, Path database, InstantSource clock) {
        return new LegacyServer(host, port, database, clock);
    }

    public String url() {
        return server.url();
    }

    private Reply take(Ask ask) {
        String reference = ShopRoutes.reference(ask);
        NewOrder order = ask.body(NewOrder.class).checked();
        return Reply.of(201, checkout.take(reference, order));
    }

    @Override
    public void close() throws SQLException {
        server.close();
        connections.close();
    }
}
