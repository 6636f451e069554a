package dev.slipway.shop.store;

import dev.slipway.shop.answers.Dashboard;
import dev.slipway.shop.answers.NewOrder;
import dev.slipway.shop.answers.Order;
import dev.slipway.shop.answers.Product;
import dev.slipway.shop.answers.ProductPage;
import dev.slipway.shop.answers.Shop;
import dev.slipway.shop.answers.VendorPage;

import org.jdbi.v3.core.Jdbi;

import java.math.BigDecimal;
import java.util.Optional;

/// Answers from the new database.
public final class NewShop implements Shop {
    private final Jdbi jdbi;

    public NewShop(ShopDatabase database) {
        this.jdbi = database.jdbi();
    }

    @Override
    public ProductPage products(Optional<String> category, long after, int limit) {
        return jdbi.withHandle(handle -> Products.page(handle, category, after, limit));
    }

    @Override
    public Product product(long id) {
        return jdbi.withHandle(handle -> Products.one(handle, id));
    }

    @Override
    public VendorPage vendors(long after, int limit) {
        return jdbi.withHandle(handle -> Vendors.page(handle, after, limit));
    }

    @Override
    public Dashboard dashboard(long vendor) {
        return jdbi.withHandle(handle -> Vendors.dashboard(handle, vendor));
    }

    @Override
    public Order order(long id) {
        return jdbi.withHandle(handle -> Orders.one(handle, id));
    }

    /// What an order is worth.
    ///
    /// @throws dev.slipway.shop.http.Problem 422 if one of its products is not for sale
    public BigDecimal worth(NewOrder order) {
        return jdbi.withHandle(handle -> Products.worth(handle, order));
    }
}
