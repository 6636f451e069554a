package dev.slipway.sandbox.edge;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.shop.answers.ShopRoutes;
import dev.slipway.shop.http.Ask;
import dev.slipway.shop.http.Json;
import dev.slipway.shop.http.Problem;
import dev.slipway.shop.http.Reply;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sends each request to the pool of its visitor, and measures what becomes of it.
final class Splitter {
    /// Names the visitor.
    static final String VISITOR = "X-Visitor";

    /// When the request was meant to be sent: microseconds since 1970.
    static final String INTENDED = "X-Intended-Micros";

    /// Tells the visitor who answered: `legacy` or `new`.
    static final String ANSWERED_BY = "X-Pool";

    private static final List<String> ROUTES =
            List.of(
                    ShopRoutes.PRODUCTS,
                    ShopRoutes.PRODUCT,
                    ShopRoutes.VENDORS,
                    ShopRoutes.DASHBOARD,
                    ShopRoutes.ORDERS,
                    ShopRoutes.ORDER);

    private final Weight weight;
    private final Map<Pool, Upstream> pools;
    private final Meter meter;
    private final InstantSource clock;

    Splitter(Weight weight, Map<Pool, Upstream> pools, Meter meter, InstantSource clock) {
        this.weight = weight;
        this.pools = Map.copyOf(pools);
        this.meter = meter;
        this.clock = clock;
    }

    Reply pass(Ask ask) {
        long intended = intended(ask);
        String visitor = ask.header(VISITOR).orElse("");
        Pool pool = Cohorts.pool(visitor, weight.newPercent());
        Reply reply = answer(ask, pool);
        meter.count(new Exchange(pool, template(ask.path()), reply, value(ask, reply)), intended);
        return reply.with(ANSWERED_BY, pool.label());
    }

    private Reply answer(Ask ask, Pool pool) {
        Upstream upstream = pools.get(pool);
        if (upstream == null) {
            throw new IllegalStateException("no pool " + pool);
        }
        return upstream.forward(ask);
    }

    /// A request that doesn't say counts from now, as does one that says nonsense.
    private long intended(Ask ask) {
        long now = Meter.micros(clock.instant());
        String text = ask.header(INTENDED).orElse("");
        if (!text.matches("[0-9]{1,18}")) {
            return now;
        }
        return Math.min(now, Long.parseLong(text));
    }

    private static String template(String path) {
        return ROUTES.stream().filter(route -> matches(route, path)).findFirst().orElse("other");
    }

    private static boolean matches(String template, String path) {
        return path.matches(template.replace("{id}", "[0-9]+"));
    }

    /// What a taken order is worth, as the pool's answer says.
    private static Optional<BigDecimal> value(Ask ask, Reply reply) {
        boolean taken = reply.status() == 201 || reply.status() == 202;
        if (!taken || !ask.method().equals("POST") || !ask.path().equals(ShopRoutes.ORDERS)) {
            return Optional.empty();
        }
        try {
            JsonNode total = Json.tree(reply.body()).path("total");
            return Optional.of(total.isNumber() ? total.decimalValue() : BigDecimal.ZERO);
        } catch (Problem e) {
            return Optional.of(BigDecimal.ZERO);
        }
    }
}
