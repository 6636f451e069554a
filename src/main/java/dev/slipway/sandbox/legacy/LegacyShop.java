package dev.slipway.sandbox.legacy;

import dev.slipway.shop.answers.Dashboard;
import dev.slipway.shop.answers.Order;
import dev.slipway.shop.answers.Product;
import dev.slipway.shop.answers.ProductPage;
import dev.slipway.shop.answers.Shop;
import dev.slipway.shop.answers.VendorPage;

import java.util.Optional;

/// Answers from the legacy database, each question on a connection of its own.
final class LegacyShop implements Shop {
    private final Connections connections;

    LegacyShop(Connections connections) {
        this.connections = connections;
    }

    @Override
    public ProductPage products(Optional<String> category, long after, int limit) {
        return connections.run(c -> LegacyProducts.page(c, category, after, limit));
    }

    @Override
    public Product product(long id) {
        return connections.run(c -> LegacyProducts.one(c, id));
    }

    @Override
    public VendorPage vendors(long after, int limit) {
        return connections.run(c -> LegacyVendors.page(c, after, limit));
    }

    @Override
    public Dashboard dashboard(long vendor) {
        return connections.run(c -> LegacyVendors.dashboard(c, vendor));
    }

    @Override
    public Order order(long id) {
        return connections.run(c -> LegacyOrders.one(c, id));
    }
}
