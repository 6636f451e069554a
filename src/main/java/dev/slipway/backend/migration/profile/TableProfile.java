package dev.slipway.backend.migration.profile;

import dev.slipway.backend.migration.source.KeyRange;

import java.util.ArrayList;
import java.util.List;

/// What a table was found to hold.
final class TableProfile {
    final String name;
    final long rows;

    /// The columns that name a row; empty if none do.
    final List<String> key;

    final List<ColumnProfile> columns = new ArrayList<>();

    /// What a person should know: references, repeated groups, sampling.
    final List<String> remarks = new ArrayList<>();

    /// Rows that the first plan puts into quarantine, of those that were read.
    long refused;

    long read;

    /// The rows cut into parts of a few thousand by a key that the source vouches for; empty if it
    /// vouches for none.
    final List<KeyRange> ranges;

    TableProfile(String name, long rows, List<String> key, List<KeyRange> ranges) {
        this.ranges = ranges;
        this.name = name;
        this.rows = rows;
        this.key = key;
    }

    /// Whether every row was read.
    boolean whole() {
        return read >= rows;
    }
}
