package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.Quarantined;
import dev.slipway.backend.migration.ledger.Counts;
import dev.slipway.backend.migration.ledger.MatchKey;
import dev.slipway.backend.migration.validation.RowHash;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// What a chunk's rows become.
final class ChunkRows {
    /// A row to be written.
    ///
    /// @param source its raw row
    record Out(@Nullable Object[] values, @Nullable String[] source) {}

    final List<Out> written = new ArrayList<>();
    final List<Quarantined> quarantined = new ArrayList<>();
    final List<MatchKey> keys = new ArrayList<>();
    long read;
    long merged;
    long skipped;
    int generated;

    Counts counts() {
        long checksum = 0;
        for (Out row : written) {
            checksum += RowHash.of(row.values());
        }
        return new Counts(read, written.size(), merged, quarantined.size(), skipped, checksum);
    }
}
