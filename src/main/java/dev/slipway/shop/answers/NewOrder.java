package dev.slipway.shop.answers;

import dev.slipway.shop.http.Problem;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The body of `POST /shop/v1/orders`.
///
/// @param lines 1 to 50, each product once
public record NewOrder(Buyer buyer, List<Line> lines) {
    private static final int MAX_LINES = 50;
    private static final int MAX_QUANTITY = 1_000;
    private static final int MAX_TEXT = 200;

    public NewOrder {
        lines = List.copyOf(lines);
    }

    public record Buyer(String name, String email) {}

    public record Line(String sku, int quantity) {}

    /// Checks what the shape alone doesn't say.
    ///
    /// @throws Problem 422 naming what is wrong
    public NewOrder checked() {
        check(text(buyer.name()), "The buyer needs a name of at most 200 characters.");
        check(
                text(buyer.email()) && Emails.plausible(buyer.email()),
                "The buyer's e-mail address is none.");
        check(
                !lines.isEmpty() && lines.size() <= MAX_LINES,
                "An order has 1 to " + MAX_LINES + " lines.");
        Set<String> seen = new HashSet<>();
        for (Line line : lines) {
            check(
                    line.quantity() >= 1 && line.quantity() <= MAX_QUANTITY,
                    "A quantity is from 1 to " + MAX_QUANTITY + ".");
            check(seen.add(line.sku()), "An order names a product once.");
        }
        return this;
    }

    private static boolean text(String text) {
        return !text.isBlank()
                && text.length() <= MAX_TEXT
                && text.chars().noneMatch(Character::isISOControl);
    }

    private static void check(boolean fine, String otherwise) {
        if (!fine) {
            throw Problem.notPossible(otherwise);
        }
    }
}
