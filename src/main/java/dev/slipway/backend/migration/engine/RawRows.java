package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.Quarantined;
import dev.slipway.backend.migration.ledger.Keys;
import dev.slipway.backend.migration.ledger.Lease;
import dev.slipway.backend.migration.source.Source;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Rows that go to quarantine, with all that they held. A step reads only the columns that it
/// needs: the others are asked for when a row turns out to be bad.
final class RawRows {
    private final PreparedStep step;
    private final Source source;

    RawRows(PreparedStep step, Source source) {
        this.step = step;
        this.source = source;
    }

    List<Quarantined> of(Lease lease, List<ChunkRows.Refused> refused) throws SQLException {
        Map<List<String>, @Nullable String[]> whole = whole(refused);
        List<Quarantined> rows = new ArrayList<>();
        for (ChunkRows.Refused row : refused) {
            List<String> key = step.key(row.source());
            Refusal why = row.why();
            rows.add(
                    new Quarantined(
                            lease.runId(),
                            lease.step(),
                            lease.number(),
                            Keys.shown(key),
                            why.column(),
                            why.rule(),
                            why.reason(),
                            why.value(),
                            named(row.source(), whole.get(key))));
        }
        return rows;
    }

    private Map<List<String>, @Nullable String[]> whole(List<ChunkRows.Refused> refused)
            throws SQLException {
        Map<List<String>, @Nullable String[]> whole = new HashMap<>();
        if (!refused.isEmpty() && !step.whole().equals(step.reading())) {
            List<List<String>> keys = refused.stream().map(r -> step.key(r.source())).toList();
            for (@Nullable String[] row : source.rows(step.whole(), keys)) {
                whole.put(step.whole().keyOf(row), row);
            }
        }
        return whole;
    }

    /// What was read first counts, for it was judged; the rest is as it stood a moment later.
    private Map<String, @Nullable String> named(
            @Nullable String[] read, @Nullable String @Nullable [] whole) {
        Map<String, @Nullable String> named = whole == null ? new HashMap<>() : step.named(whole);
        for (int i = 0; i < read.length; i++) {
            named.put(step.reading().columns().get(i).name(), read[i]);
        }
        return named;
    }
}
