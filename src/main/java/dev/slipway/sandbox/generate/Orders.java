package dev.slipway.sandbox.generate;

import dev.slipway.sandbox.generate.Customers.Customer;
import dev.slipway.sandbox.generate.Products.Product;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/// The legacy table `orders`.
final class Orders {
    private static final int[] LINES_PER_ORDER = {1, 7, 2, 6, 3, 5, 4};

    private final Dice dice;
    private final Tally tally;
    private final Encodings encodings;
    private final DirtyValues values;
    private final Size size;

    Orders(Dice dice, Tally tally, Size size) {
        this.dice = dice;
        this.tally = tally;
        this.size = size;
        this.encodings = new Encodings(dice, tally);
        this.values = new DirtyValues(dice, tally);
    }

    void write(Table table, Table lineTable, List<Product> products, List<Customer> customers)
            throws SQLException {
        var lines = new OrderLines(dice, tally, size, lineTable, products);
        for (int id = 1; lineTable.rows() < size.lines(); id++) {
            Customer customer = customers.get(dice.skewed(customers.size(), 1.5));
            String customerId = customerId(id, customer);
            LocalDate day = values.day();
            String time = values.time();
            String status = values.status("orders");
            int wanted = LINES_PER_ORDER[(id - 1) % LINES_PER_ORDER.length];
            int count = (int) Math.min(wanted, size.lines() - lineTable.rows());
            var order = new OrderLines.Order(id, customer, day, time, status);
            long total = lines.write(order, count) + mismatch();
            table.add(
                    id,
                    number(id, day),
                    customerId,
                    encodings.young(customer.storedName(), "orders"),
                    customer.email(),
                    values.money(total, "orders.total"),
                    status,
                    values.dateTime(day, time, "orders"),
                    values.dateText(day, time, "orders"),
                    note(),
                    null);
        }
    }

    private String customerId(int order, Customer customer) {
        if (dice.chance(0.005)) {
            tally.add("orders.orphan_customer");
            return Integer.toString(size.customers() * 10 + order);
        }
        if (dice.chance(0.01)) {
            tally.add("orders.guest");
            return "guest";
        }
        return Integer.toString(customer.id());
    }

    private int mismatch() {
        if (dice.chance(0.003)) {
            tally.add("orders.total_mismatch");
            return 100;
        }
        return 0;
    }

    private String number(int id, LocalDate day) {
        if (id > 1 && dice.chance(0.001)) {
            tally.add("orders.duplicate_order_no");
            return "ORD-" + day.getYear() + "-0000001";
        }
        String digits = Integer.toString(id);
        return "ORD-" + day.getYear() + "-" + "0".repeat(Math.max(0, 7 - digits.length())) + digits;
    }

    private String note() {
        String note = "";
        if (dice.chance(0.1)) {
            String text = dice.pick(Words.FIRST_NAMES) + " wünscht: bitte spät\t\\o/";
            note = encodings.young(text, "orders");
        }
        if (dice.chance(0.0001)) {
            tally.add("orders.note_nul_byte");
            note += "\0x";
        }
        return note;
    }
}
