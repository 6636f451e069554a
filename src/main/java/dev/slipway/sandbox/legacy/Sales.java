package dev.slipway.sandbox.legacy;

import dev.slipway.shop.answers.Dashboard;
import dev.slipway.shop.answers.Dashboard.Month;
import dev.slipway.shop.answers.Dashboard.TopProduct;
import dev.slipway.shop.answers.Money;
import dev.slipway.shop.answers.VendorRef;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Adds up a vendor's sales line by line.
final class Sales {
    private static final class Sum {
        private final Set<Long> orders = new HashSet<>();
        private long cents;
        private long units;

        void add(long order, LegacyLine line) {
            orders.add(order);
            cents += line.cents();
            units += line.quantity();
        }
    }

    private record ProductSum(String sku, String title, Sum sum) {}

    private final Sum all = new Sum();
    private final Sum undated = new Sum();
    private final TreeMap<String, Sum> months = new TreeMap<>();
    private final Map<String, ProductSum> products = new HashMap<>();

    void add(ResultSet row) throws SQLException {
        LegacyLine line = LegacyLine.read(row).filter(LegacyLine::sale).orElse(null);
        if (line == null) {
            return;
        }
        long order = row.getLong("order_id");
        String sku = row.getString("product_id");
        String title = row.getString("product_title");
        all.add(order, line);
        LegacyValues.moment(row.getString("order_date"))
                .map(moment -> months.computeIfAbsent(month(moment.toString()), _ -> new Sum()))
                .orElse(undated)
                .add(order, line);
        products.computeIfAbsent(sku, _ -> new ProductSum(sku, title, new Sum()))
                .sum()
                .add(order, line);
    }

    private static String month(String moment) {
        return moment.substring(0, "2026-03".length());
    }

    Dashboard dashboard(VendorRef vendor) {
        return new Dashboard(
                vendor,
                Money.CURRENCY,
                Money.ofCents(all.cents),
                Money.ofCents(undated.cents),
                all.orders.size(),
                all.units,
                months.entrySet().stream().map(e -> month(e.getKey(), e.getValue())).toList(),
                products.values().stream()
                        .sorted(
                                Comparator.comparingLong((ProductSum p) -> -p.sum().cents)
                                        .thenComparing(ProductSum::sku))
                        .limit(Dashboard.TOP)
                        .map(Sales::product)
                        .toList());
    }

    private static Month month(String month, Sum sum) {
        return new Month(month, Money.ofCents(sum.cents), sum.orders.size(), sum.units);
    }

    private static TopProduct product(ProductSum product) {
        return new TopProduct(
                product.sku(),
                product.title(),
                Money.ofCents(product.sum().cents),
                product.sum().units);
    }
}
