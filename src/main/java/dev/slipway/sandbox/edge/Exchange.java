package dev.slipway.sandbox.edge;

import dev.slipway.shop.http.Reply;

import java.math.BigDecimal;
import java.util.Optional;

/// A request's way through the edge.
///
/// @param reply what the visitor gets
/// @param orderValue if the pool took an order
record Exchange(Pool pool, String route, Reply reply, Optional<BigDecimal> orderValue) {

    boolean failed() {
        return reply.status() >= 500;
    }
}
