package dev.slipway.sandbox.generate;

/// How many rows of each kind belong to a number of order lines. There are about a quarter as many
/// orders as lines.
///
/// @param lines order lines, exactly
public record Size(int lines) {
    private static final int LEAST = 10;

    /// The fewest lines that make a shop.
    public static final int FEWEST_LINES = 100;

    public Size {
        if (lines < FEWEST_LINES) {
            throw new IllegalArgumentException(
                    "a shop needs at least " + FEWEST_LINES + " order lines, not " + lines);
        }
    }

    public int vendors() {
        return Math.max(LEAST, lines / 1_000);
    }

    public int products() {
        return Math.max(LEAST, lines / 100);
    }

    public int customers() {
        return Math.max(LEAST, lines / 20);
    }

    /// About how many orders; a number above all orders' numbers is ten times that and more.
    public int orders() {
        return Math.max(LEAST, lines / 4);
    }
}
