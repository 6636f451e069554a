package dev.slipway.sandbox.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Counts the planted anomalies, and remembers those of the row at hand so that a row which is
/// written twice counts twice.
final class Tally {
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private final List<String> ofThisRow = new ArrayList<>();

    void add(String anomaly) {
        counts.merge(anomaly, 1L, Long::sum);
        ofThisRow.add(anomaly);
    }

    void newRow() {
        ofThisRow.clear();
    }

    /// Counts a repetition of the row: all that is wrong with the row, and that it is there again.
    void sameRowAgain(String anomaly) {
        ofThisRow.forEach(planted -> counts.merge(planted, 1L, Long::sum));
        counts.merge(anomaly, 1L, Long::sum);
    }

    SortedMap<String, Long> counts() {
        return new TreeMap<>(counts);
    }
}
