package dev.slipway.shop.store;

import dev.slipway.shop.answers.Dashboard;
import dev.slipway.shop.answers.Dashboard.Month;
import dev.slipway.shop.answers.Dashboard.TopProduct;
import dev.slipway.shop.answers.Money;
import dev.slipway.shop.answers.VendorPage;
import dev.slipway.shop.answers.VendorRef;
import dev.slipway.shop.http.Problem;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.List;

/// Vendors and their dashboards from the new database.
final class Vendors {
    private static final String PAGE =
            """
            SELECT id, name, email, country, commission_basis_points, status FROM vendors
            WHERE id > :after ORDER BY id LIMIT :limit""";
    private static final String ONE = "SELECT id, name FROM vendors WHERE id = :id";
    private static final String SALES =
            """
            FROM order_lines
            WHERE vendor_id = :vendor AND status NOT IN ('cancelled', 'refunded')
            """;
    private static final String TOTALS =
            """
            SELECT coalesce(sum(total_cents), 0) AS cents,
                   coalesce(sum(total_cents) FILTER (WHERE ordered_at IS NULL), 0) AS undated,
                   count(DISTINCT order_id) AS orders, coalesce(sum(quantity), 0) AS units
            """
                    + SALES;
    private static final String MONTHS =
            """
            SELECT substr(ordered_at, 1, 7) AS month, sum(total_cents) AS cents,
                   count(DISTINCT order_id) AS orders, sum(quantity) AS units
            """
                    + SALES
                    + "AND ordered_at IS NOT NULL GROUP BY month ORDER BY month";
    private static final String PRODUCTS =
            """
            SELECT sku, title, sum(total_cents) AS cents, sum(quantity) AS units
            """
                    + SALES
                    + "GROUP BY sku ORDER BY cents DESC, sku LIMIT "
                    + Dashboard.TOP;

    private Vendors() {}

    static VendorPage page(Handle handle, long after, int limit) {
        List<VendorPage.Item> items =
                handle.createQuery(PAGE)
                        .bind("after", after)
                        .bind("limit", limit + 1)
                        .map(
                                (row, _) ->
                                        new VendorPage.Item(
                                                row.getLong("id"),
                                                row.getString("name"),
                                                row.getString("email"),
                                                row.getString("country"),
                                                percent(row.getString("commission_basis_points")),
                                                row.getString("status")))
                        .list();
        return items.size() <= limit
                ? new VendorPage(items, null)
                : new VendorPage(items.subList(0, limit), items.get(limit - 1).id());
    }

    private static @Nullable BigDecimal percent(@Nullable String basisPoints) {
        return basisPoints == null ? null : BigDecimal.valueOf(Long.parseLong(basisPoints), 2);
    }

    static Dashboard dashboard(Handle handle, long id) {
        VendorRef vendor =
                handle.createQuery(ONE)
                        .bind("id", id)
                        .map((row, _) -> new VendorRef(row.getLong("id"), row.getString("name")))
                        .findOne()
                        .orElseThrow(() -> Problem.notFound("vendor", id));
        List<Month> months =
                handle.createQuery(MONTHS)
                        .bind("vendor", id)
                        .map(
                                (row, _) ->
                                        new Month(
                                                row.getString("month"),
                                                Money.ofCents(row.getLong("cents")),
                                                row.getLong("orders"),
                                                row.getLong("units")))
                        .list();
        List<TopProduct> products =
                handle.createQuery(PRODUCTS)
                        .bind("vendor", id)
                        .map(
                                (row, _) ->
                                        new TopProduct(
                                                row.getString("sku"),
                                                row.getString("title"),
                                                Money.ofCents(row.getLong("cents")),
                                                row.getLong("units")))
                        .list();
        return handle.createQuery(TOTALS)
                .bind("vendor", id)
                .map(
                        (row, _) ->
                                new Dashboard(
                                        vendor,
                                        Money.CURRENCY,
                                        Money.ofCents(row.getLong("cents")),
                                        Money.ofCents(row.getLong("undated")),
                                        row.getLong("orders"),
                                        row.getLong("units"),
                                        months,
                                        products))
                .one();
    }
}
