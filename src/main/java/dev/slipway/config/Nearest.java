package dev.slipway.config;

import java.util.Collection;
import java.util.Comparator;

/// Finds the name that was probably meant.
public final class Nearest {
    private static final int FURTHEST = 3;

    private Nearest() {}

    /// `; did you mean 'x'?` if a known name is near, else the list of known names.
    public static String hint(String name, Collection<String> known) {
        var nearest = known.stream().min(Comparator.comparingInt(k -> distance(name, k)));
        if (nearest.isPresent()
                && distance(name, nearest.get()) <= Math.min(FURTHEST, name.length() / 2 + 1)) {
            return "; did you mean '" + nearest.get() + "'?";
        }
        return known.isEmpty()
                ? ""
                : "; known here: " + String.join(", ", known.stream().sorted().toList());
    }

    /// Levenshtein's edit distance.
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
