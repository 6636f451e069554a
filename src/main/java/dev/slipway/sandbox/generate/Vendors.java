package dev.slipway.sandbox.generate;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The legacy table `vendors`.
final class Vendors {
    private static final int FIRST_DUPLICATE = 20;

    /// What is written down again on products and order lines.
    record Vendor(String name, String email, String oldEmail) {}

    private final Dice dice;
    private final Tally tally;
    private final Encodings encodings;
    private final DirtyValues values;
    private final List<Vendor> all = new ArrayList<>();

    Vendors(Dice dice, Tally tally) {
        this.dice = dice;
        this.tally = tally;
        this.encodings = new Encodings(dice, tally);
        this.values = new DirtyValues(dice, tally);
    }

    List<Vendor> write(Table table, int count) throws SQLException {
        for (int id = 1; id <= count; id++) {
            Vendor vendor =
                    id > FIRST_DUPLICATE && dice.chance(0.02)
                            ? again(dice.pick(all))
                            : newcomer(id);
            all.add(vendor);
            table.add(
                    id,
                    vendor.name(),
                    vendor.email(),
                    encodings.old(dice.pick(dice.pick(Words.COUNTRIES)), "vendors"),
                    commission(),
                    dice.pick(Words.VENDOR_STATUS),
                    values.dateTime(values.day(), values.time(), "vendors"));
        }
        return all;
    }

    private Vendor newcomer(int id) {
        String name = encodings.old(dice.pick(Words.SHOPS) + " " + id, "vendors");
        String email = "sales@vendor" + id + ".example";
        if (dice.chance(0.03)) {
            tally.add("vendors.email_empty");
            email = "";
        }
        return new Vendor(name, email, "vendor" + id + "@oldmail.example");
    }

    /// The same vendor once more, spelt differently. Only ASCII changes its case, or spoilt text
    /// would be beyond repair.
    private Vendor again(Vendor of) {
        tally.add("vendors.duplicate");
        if (Encodings.spoilt(of.name())) {
            tally.add("vendors.mojibake");
        }
        if (of.email().isEmpty()) {
            tally.add("vendors.email_empty");
        }
        String name =
                switch (dice.below(3)) {
                    case 0 -> ascii(of.name(), true);
                    case 1 -> of.name() + " ";
                    default -> ascii(of.name(), false);
                };
        return new Vendor(name, of.email(), of.oldEmail());
    }

    private String commission() {
        int percent = 5 + dice.below(20);
        return dice.pick(
                List.of(
                        percent + ".5",
                        percent + ",5%",
                        "0." + DirtyValues.two(percent) + "5",
                        ""));
    }

    private static String ascii(String text, boolean upper) {
        var changed = new StringBuilder(text.length());
        text.chars()
                .forEach(
                        c -> {
                            String one = Character.toString(c);
                            changed.append(
                                    c >= 128
                                            ? one
                                            : upper
                                                    ? one.toUpperCase(Locale.ROOT)
                                                    : one.toLowerCase(Locale.ROOT));
                        });
        return changed.toString();
    }
}
