package dev.slipway.sandbox.generate;

import dev.slipway.sandbox.generate.Customers.Customer;
import dev.slipway.sandbox.generate.Products.Product;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The legacy table `order_lines`: vendor and customer are written on each of them.
final class OrderLines {
    private final Dice dice;
    private final Tally tally;
    private final DirtyValues values;
    private final Size size;
    private final Table table;
    private final List<Product> products;

    OrderLines(Dice dice, Tally tally, Size size, Table table, List<Product> products) {
        this.dice = dice;
        this.tally = tally;
        this.values = new DirtyValues(dice, tally);
        this.size = size;
        this.table = table;
        this.products = products;
    }

    record Order(int id, Customer customer, LocalDate day, String time, String status) {}

    /// Writes an order's lines.
    ///
    /// @return what they are worth, in cents
    long write(Order order, int count) throws SQLException {
        long total = 0;
        @Nullable Object @Nullable [] last = null;
        Set<Integer> bought = new HashSet<>();
        for (int i = 0; i < count; i++) {
            if (last != null && dice.chance(0.003)) {
                tally.sameRowAgain("order_lines.duplicate");
                last[0] = table.rows() + 1;
                table.add(last);
                continue;
            }
            tally.newRow();
            Product product = notYetIn(bought);
            int quantity = 1 + (int) (4 * StrictMath.pow(dice.unit(), 3));
            total += quantity * product.cents();
            last = row(order, product, quantity);
            table.add(last);
        }
        return total;
    }

    /// An order holds a product once, so that a line which is there twice is a mistake.
    private Product notYetIn(Set<Integer> bought) {
        Product product;
        do {
            product = products.get(dice.skewed(products.size(), 1.7));
        } while (!bought.add(product.id()));
        return product;
    }

    private @Nullable Object[] row(Order order, Product product, int quantity) {
        Customer customer = order.customer();
        String status = dice.chance(0.98) ? order.status() : values.status("order_lines");
        if (!status.equals(order.status())) {
            tally.add("order_lines.status_differs_from_order");
        }
        return new @Nullable Object[] {
            table.rows() + 1,
            orderId(order),
            productId(product),
            product.title(),
            product.vendor().name(),
            vendorEmail(product),
            customer.storedName(),
            customer.email(),
            customer.address(),
            quantity(quantity),
            values.counted(dice.pick(product.prices()), "order_lines.price"),
            values.money(quantity * product.cents(), "order_lines.line_total"),
            values.dateText(order.day(), order.time(), "order_lines"),
            status,
            values.dateTime(order.day(), order.time(), "order_lines")
        };
    }

    private int orderId(Order order) {
        if (dice.chance(0.002)) {
            tally.add("order_lines.orphan_order");
            return size.orders() * 10 + order.id();
        }
        return order.id();
    }

    private String productId(Product product) {
        if (dice.chance(0.004)) {
            tally.add("order_lines.orphan_product");
            // a number of its own for each product, or two orphans of an order would look equal
            return Integer.toString(size.products() * 10 + product.id());
        }
        return Integer.toString(product.id());
    }

    private String vendorEmail(Product product) {
        if (dice.chance(0.05)) {
            tally.add("order_lines.stale_vendor_email");
            return product.vendor().oldEmail();
        }
        return product.vendor().email();
    }

    private String quantity(int quantity) {
        if (dice.chance(0.02)) {
            tally.add("order_lines.qty_text");
            return dice.pick(List.of(quantity + "x", quantity + " pcs", quantity + ".0", ""));
        }
        return Integer.toString(quantity);
    }
}
