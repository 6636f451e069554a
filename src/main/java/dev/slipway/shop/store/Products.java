package dev.slipway.shop.store;

import dev.slipway.shop.answers.Money;
import dev.slipway.shop.answers.NewOrder;
import dev.slipway.shop.answers.Product;
import dev.slipway.shop.answers.ProductPage;
import dev.slipway.shop.answers.VendorRef;
import dev.slipway.shop.http.Problem;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// Products from the new database.
final class Products {
    private static final String COLUMNS =
            """
            SELECT p.id, p.sku, p.title, p.price_cents, p.currency, p.category, p.stock, p.active,
                   v.id AS vendor_id, v.name AS vendor_name,
                   (SELECT coalesce(sum(l.quantity), 0) FROM order_lines l
                    WHERE l.sku = p.sku AND l.status NOT IN ('cancelled', 'refunded')) AS sold
            FROM products p JOIN vendors v ON v.id = p.vendor_id
            """;
    private static final String PAGE =
            COLUMNS + "WHERE p.active = 1 AND p.id > :after ORDER BY p.id LIMIT :limit";
    private static final String PAGE_OF_CATEGORY =
            COLUMNS
                    + """
                    WHERE p.category = :category AND p.active = 1 AND p.id > :after
                    ORDER BY p.id LIMIT :limit""";
    private static final String ONE = COLUMNS + "WHERE p.id = :id";
    private static final String PRICE = "SELECT price_cents, active FROM products WHERE sku = :sku";

    private Products() {}

    static ProductPage page(Handle handle, Optional<String> category, long after, int limit) {
        List<ProductPage.Item> items =
                handle.createQuery(category.isPresent() ? PAGE_OF_CATEGORY : PAGE)
                        .bindMap(
                                category.isPresent()
                                        ? java.util.Map.of("category", category.get())
                                        : java.util.Map.of())
                        .bind("after", after)
                        .bind("limit", limit + 1)
                        .reduceRows(
                                new java.util.ArrayList<ProductPage.Item>(),
                                (all, row) -> {
                                    all.add(item(row));
                                    return all;
                                });
        return items.size() <= limit
                ? new ProductPage(items, null)
                : new ProductPage(items.subList(0, limit), items.get(limit - 1).id());
    }

    private static ProductPage.Item item(RowView row) {
        return new ProductPage.Item(
                row.getColumn("id", Long.class),
                row.getColumn("sku", String.class),
                row.getColumn("title", String.class),
                Money.ofCentsOrNull(nullable(row, "price_cents", Long.class)),
                row.getColumn("currency", String.class),
                new VendorRef(
                        row.getColumn("vendor_id", Long.class),
                        row.getColumn("vendor_name", String.class)),
                nullable(row, "category", String.class),
                row.getColumn("sold", Long.class));
    }

    static Product one(Handle handle, long id) {
        return handle.createQuery(ONE)
                .bind("id", id)
                .reduceRows(Optional.<Product>empty(), (_, row) -> Optional.of(product(id, row)))
                .orElseThrow(() -> Problem.notFound("product", id));
    }

    private static Product product(long id, RowView row) {
        ProductPage.Item item = item(row);
        return new Product(
                id,
                item.sku(),
                item.title(),
                item.price(),
                item.currency(),
                item.vendor(),
                item.category(),
                nullable(row, "stock", Integer.class),
                row.getColumn("active", Integer.class) == 1,
                item.unitsSold());
    }

    static BigDecimal worth(Handle handle, NewOrder order) {
        long cents = 0;
        for (NewOrder.Line line : order.lines()) {
            cents += line.quantity() * price(handle, line.sku());
        }
        return Money.ofCents(cents);
    }

    private static long price(Handle handle, String sku) {
        record Price(boolean active, @Nullable Long cents) {}
        Price price =
                handle.createQuery(PRICE)
                        .bind("sku", sku)
                        .reduceRows(
                                new Price(false, null),
                                (_, row) ->
                                        new Price(
                                                row.getColumn("active", Integer.class) == 1,
                                                nullable(row, "price_cents", Long.class)));
        if (!price.active()) {
            throw Problem.notPossible("Product " + sku + " is not for sale.");
        }
        if (price.cents() == null) {
            throw Problem.notPossible("Product " + sku + " has no price.");
        }
        return price.cents();
    }

    static <T> @Nullable T nullable(RowView row, String column, Class<T> type) {
        return row.getColumn(column, type);
    }
}
