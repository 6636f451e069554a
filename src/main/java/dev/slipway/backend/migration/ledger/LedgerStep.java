package dev.slipway.backend.migration.ledger;

import java.util.List;

/// A step as the target remembers it.
///
/// @param high the largest key when the run began: rows that came later are not of it
/// @param rows that there were then
/// @param opened whether its chunks are planned
/// @param seconds spent on it so far
public record LedgerStep(
        String name,
        List<String> low,
        List<String> high,
        long rows,
        boolean opened,
        double seconds) {
    public LedgerStep {
        low = List.copyOf(low);
        high = List.copyOf(high);
    }
}
