package dev.slipway.sandbox.generate;

import dev.slipway.sandbox.generate.DirtyValues.Money;
import dev.slipway.sandbox.generate.Vendors.Vendor;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The legacy table `products`.
final class Products {
    private static final int SPELLINGS = 8;

    /// What is written down again on order lines.
    ///
    /// @param prices ways in which its price is written
    record Product(int id, String title, Vendor vendor, long cents, List<Money> prices) {}

    private final Dice dice;
    private final Tally tally;
    private final Encodings encodings;
    private final DirtyValues values;

    Products(Dice dice, Tally tally) {
        this.dice = dice;
        this.tally = tally;
        this.encodings = new Encodings(dice, tally);
        this.values = new DirtyValues(dice, tally);
    }

    List<Product> write(Table table, int count, List<Vendor> vendors) throws SQLException {
        List<Product> all = new ArrayList<>(count);
        for (int id = 1; id <= count; id++) {
            Product product = product(id, vendors.get(dice.skewed(vendors.size(), 2)));
            all.add(product);
            table.add(
                    id,
                    vendorName(product.vendor()),
                    product.title(),
                    values.counted(dice.pick(product.prices()), "products.price"),
                    dice.pick(List.of("" + id % 500, id % 500 + ".0", "", "-1", "many")),
                    encodings.old(dice.pick(Words.CATEGORIES), "products"),
                    dice.pick(Words.YES_AND_NO),
                    attributes(id),
                    values.dateTime(values.day(), values.time(), "products"),
                    values.dateText(values.day(), values.time(), "products"));
        }
        return all;
    }

    private Product product(int id, Vendor vendor) {
        String title = encodings.old(dice.pick(Words.NOUNS) + " No. " + id, "products");
        long cents = (long) (99 + 250_000 * StrictMath.pow(dice.unit(), 4));
        List<Money> prices = new ArrayList<>(SPELLINGS);
        for (int i = 0; i < SPELLINGS; i++) {
            prices.add(values.spelling(cents));
        }
        return new Product(id, title, vendor, cents, prices);
    }

    private String vendorName(Vendor vendor) {
        if (dice.chance(0.01)) {
            tally.add("products.orphan_vendor");
            return "Deleted Vendor";
        }
        return vendor.name();
    }

    private String attributes(int id) {
        double r = dice.unit();
        String json = "{\"color\":\"red\",\"weight\":" + id % 900;
        if (r < 0.4) {
            return json + "}";
        } else if (r < 0.8) {
            return "a:2:{s:5:\"color\";s:3:\"red\";s:6:\"weight\";i:" + id % 900 + ";}";
        } else if (r < 0.9) {
            tally.add("products.broken_json");
            return json;
        }
        return "";
    }
}
