package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.ledger.Counts;
import dev.slipway.backend.migration.ledger.MatchKey;
import dev.slipway.backend.migration.ledger.Remark;
import dev.slipway.backend.migration.target.Batch;
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

    /// A row that is not written, to be kept.
    record Refused(@Nullable String[] source, Refusal why) {}

    final List<Out> written = new ArrayList<>();
    final List<Refused> refused = new ArrayList<>();
    final List<MatchKey> keys = new ArrayList<>();
    final Amendments amendments = new Amendments();
    List<Remark> remarks = List.of();
    long read;
    long merged;
    long skipped;
    int generated;
    private final Batch batch;
    private final boolean amends;
    private long hashes;

    /// @param batch for the rows to be written
    /// @param amends whether later rows of the chunk may change earlier ones
    ChunkRows(Batch batch, boolean amends) {
        this.batch = batch;
        this.amends = amends;
        batch.clear();
    }

    /// A row that is to be written.
    void write(Mapped mapped, @Nullable String[] source) {
        written.add(new Out(mapped.values(), source));
        hashes += mapped.hash();
        if (!amends) {
            batch.add(mapped.values(), mapped.utf8());
        }
    }

    /// The rows to be written, in their order, once all of them are mapped.
    Batch batch() {
        if (amends) {
            batch.clear();
            written.forEach(row -> batch.add(row.values(), null));
        }
        return batch;
    }

    /// @param amended by how much rows that stood before changed the checksum
    Counts counts(long amended) {
        long checksum = amended;
        if (amends) {
            for (Out row : written) {
                checksum += RowHash.of(row.values());
            }
        } else {
            checksum += hashes;
        }
        return new Counts(read, written.size(), merged, refused.size(), skipped, checksum);
    }
}
