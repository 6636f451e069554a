package dev.slipway.sandbox.generate;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The legacy table `customers`.
final class Customers {
    private static final int FIRST_DUPLICATE = 100;

    /// What is written down again on orders and order lines.
    ///
    /// @param name as it should be
    /// @param storedName as the table has it
    record Customer(int id, String name, String storedName, String email, String address) {}

    private final Dice dice;
    private final Tally tally;
    private final Encodings encodings;
    private final DirtyValues values;
    private final List<String> goodEmails = new ArrayList<>();

    Customers(Dice dice, Tally tally) {
        this.dice = dice;
        this.tally = tally;
        this.encodings = new Encodings(dice, tally);
        this.values = new DirtyValues(dice, tally);
    }

    List<Customer> write(Table table, int count) throws SQLException {
        List<Customer> all = new ArrayList<>(count);
        for (int id = 1; id <= count; id++) {
            Customer customer = customer(id);
            all.add(customer);
            table.add(
                    id,
                    customer.storedName(),
                    customer.email(),
                    dice.pick(List.of("+49 " + id, "0049-" + id, "(0)" + id, "")),
                    customer.address(),
                    birthday(id),
                    dice.pick(Arrays.asList(0, 1, 2, null)),
                    values.dateText(values.day(), values.time(), "customers"));
        }
        return all;
    }

    private Customer customer(int id) {
        String name = dice.pick(Words.FIRST_NAMES) + " " + dice.pick(Words.LAST_NAMES);
        String email = email(id);
        String address =
                dice.pick(Words.STREETS)
                        + " "
                        + (id % 200 + 1)
                        + "\n"
                        + (10_000 + id % 89_999)
                        + " "
                        + dice.pick(Words.CITIES)
                        + "\n"
                        + dice.pick(dice.pick(Words.COUNTRIES));
        return new Customer(
                id,
                name,
                encodings.old(name, "customers"),
                email,
                encodings.old(address, "customers"));
    }

    private String email(int id) {
        String good = "c" + id + "@mail" + id % 97 + ".example";
        if (id > FIRST_DUPLICATE && dice.chance(0.02)) {
            tally.add("customers.duplicate_email");
            return dice.pick(goodEmails).toUpperCase(Locale.ROOT);
        }
        if (dice.chance(0.005)) {
            tally.add("customers.bad_email");
            return dice.pick(List.of("", "none", "a@b@c", good.replace("@", " at ")));
        }
        goodEmails.add(good);
        return good;
    }

    private String birthday(int id) {
        if (dice.chance(0.3)) {
            tally.add("customers.birthday_zero");
            return "0000-00-00";
        }
        return (1940 + id % 65)
                + "-"
                + DirtyValues.two(id % 12 + 1)
                + "-"
                + DirtyValues.two(id % 28 + 1);
    }
}
