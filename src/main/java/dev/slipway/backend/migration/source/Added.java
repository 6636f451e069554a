package dev.slipway.backend.migration.source;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What was added up over the ranges of a step so far.
public final class Added {
    private long keys;
    private final Map<String, Map<String, BigDecimal>> sums = new HashMap<>();
    private final Map<String, String> least = new HashMap<>();
    private final Map<String, String> greatest = new HashMap<>();
    private final Set<String> inexact = new HashSet<>();

    void keys(long distinct) {
        keys += distinct;
    }

    void sum(String column, String by, @Nullable String sum) {
        BigDecimal number = sum == null ? BigDecimal.ZERO : new BigDecimal(sum);
        sums.computeIfAbsent(column, _ -> new TreeMap<>()).merge(by, number, BigDecimal::add);
    }

    /// A column holds what its engine can't add up exactly.
    void inexact(String column) {
        inexact.add(column);
    }

    /// Days are written so that their order is that of their text.
    void days(String column, @Nullable String first, @Nullable String last) {
        if (first != null && last != null) {
            least.merge(column, first, (a, b) -> a.compareTo(b) <= 0 ? a : b);
            greatest.merge(column, last, (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
    }

    /// How many distinct keys there are.
    public long keys() {
        return keys;
    }

    /// The sums of a column by the value that parts them; `""` for NULL, and where nothing does.
    public Map<String, BigDecimal> sums(String column) {
        return sums.getOrDefault(column, Map.of());
    }

    /// Whether a column could be added up exactly.
    public boolean exact(String column) {
        return !inexact.contains(column);
    }

    /// The least value of a column of days as the source writes it; null if there is none.
    public @Nullable String least(String column) {
        return least.get(column);
    }

    /// The greatest.
    public @Nullable String greatest(String column) {
        return greatest.get(column);
    }
}
