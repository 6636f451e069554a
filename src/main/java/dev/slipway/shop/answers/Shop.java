package dev.slipway.shop.answers;

import java.util.Optional;

/// What can be asked of a shop, legacy or new. A question about something that is not there is
/// answered with a [dev.slipway.shop.http.Problem] of status 404.
public interface Shop {
    ProductPage products(Optional<String> category, long after, int limit);

    Product product(long id);

    VendorPage vendors(long after, int limit);

    Dashboard dashboard(long vendor);

    Order order(long id);
}
