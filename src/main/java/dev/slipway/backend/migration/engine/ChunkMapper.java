package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.ledger.Keys;
import dev.slipway.backend.migration.ledger.MatchKey;
import dev.slipway.backend.migration.ledger.MatchKeys;
import dev.slipway.backend.migration.target.Batch;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Decides for each raw row of a chunk: written, merged, quarantined or skipped.
final class ChunkMapper {
    private final PreparedStep step;
    private final RowMapper mapper;
    private final MatchKeys matchKeys;
    private final @Nullable NaturalKey merge;
    private final boolean neighbours;
    private final Batch batch;

    /// @param copying whether the rows come as the copy has them: they follow one another in the
    ///   source, so that one may repeat the one before it, and all steps before theirs are copied
    ChunkMapper(PreparedStep step, Hand hand, boolean copying) {
        this.neighbours = copying;
        this.step = step;
        this.mapper = new RowMapper(step, hand.lookups, copying);
        this.matchKeys = hand.matchKeys;
        this.batch = hand.target.batch(step.table(), step.columns());
        this.merge = step.merge();
    }

    /// @param before the row before the chunk's first, or null if there is none or it says nothing
    /// @param refused the source keys of rows that the target itself refused, with its reason
    /// @param firstId the first number that a generated key may get
    ChunkRows map(
            List<@Nullable String[]> rows,
            @Nullable String @Nullable [] before,
            Map<String, String> refused,
            long firstId)
            throws SQLException {
        var result = new ChunkRows(batch, step.amends());
        mapper.over(rows);
        @Nullable String[] naturals = new @Nullable String[rows.size()];
        Map<String, String> standing = merge == null ? Map.of() : standing(merge, rows, naturals);
        @Nullable String @Nullable [] last = before;
        for (int at = 0; at < naturals.length; at++) {
            @Nullable String[] row = rows.get(at);
            result.read++;
            String natural = naturals[at];
            if (mapper.skips(row)) {
                result.skipped++;
            } else {
                Mapped mapped = mapper.map(at, row, firstId + result.generated);
                String stands = natural == null ? null : standing.get(natural);
                if (last != null && step.repeats(row, last)) {
                    result.merged++;
                } else if (stands != null) {
                    merge(result, row, mapped, natural, stands);
                } else {
                    String id = write(result, row, mapped, natural, refused);
                    if (id != null && natural != null) {
                        standing.put(natural, id);
                    }
                }
            }
            last = neighbours ? row : null;
        }
        result.remarks = mapper.remarks();
        return result;
    }

    /// The target keys of the natural keys that stand already.
    private Map<String, String> standing(
            NaturalKey merge, List<@Nullable String[]> rows, @Nullable String[] naturals)
            throws SQLException {
        Set<String> wanted = new HashSet<>();
        for (int at = 0; at < naturals.length; at++) {
            String natural = merge.of(rows.get(at));
            naturals[at] = natural;
            if (natural != null) {
                wanted.add(natural);
            }
        }
        Map<String, String> standing = new HashMap<>();
        matchKeys
                .find(step.step().name(), merge.match().name(), wanted)
                .values()
                .forEach(key -> standing.put(key.natural(), key.target()));
        return standing;
    }

    private void merge(
            ChunkRows result,
            @Nullable String[] row,
            Mapped mapped,
            @Nullable String natural,
            String stands) {
        result.merged++;
        keys(result, row, natural, stands);
        if (mapped.refusal() == null && step.amends()) {
            result.amendments.merge(step, stands, mapped.values());
        }
    }

    /// @return the target key of the row, or null if it is not written
    private @Nullable String write(
            ChunkRows result,
            @Nullable String[] row,
            Mapped mapped,
            @Nullable String merged,
            Map<String, String> refused) {
        String reason = refused.isEmpty() ? null : refused.get(Keys.shown(step.key(row)));
        Refusal refusal =
                reason == null
                        ? mapped.refusal()
                        : new Refusal(false, "", "constraint", reason, null);
        if (refusal == null) {
            result.generated++;
            result.write(mapped, row);
            String id = step.id() < 0 ? "" : String.valueOf(mapped.values()[step.id()]);
            keys(result, row, merged, id);
            if (step.amends()) {
                result.amendments.fresh(id, mapped.values());
            }
            return id;
        }
        if (refusal.leftOut()) {
            result.skipped++;
        } else {
            result.refused.add(new ChunkRows.Refused(row, refusal));
        }
        return null;
    }

    /// @param merged the natural key by which the step merges, if it does
    private void keys(
            ChunkRows result, @Nullable String[] row, @Nullable String merged, String id) {
        boolean numbered = merged == null && step.generates();
        if (step.naturalKeys().isEmpty() && !numbered) {
            return;
        }
        String origin = Keys.shown(step.key(row));
        if (numbered) {
            // a number tells nothing of the row that it was given to
            result.keys.add(new MatchKey("", origin, id, origin));
        }
        for (NaturalKey key : step.naturalKeys()) {
            String natural = key.equals(merge) ? merged : key.of(row);
            if (natural != null) {
                result.keys.add(new MatchKey(key.match().name(), natural, id, origin));
            }
        }
    }
}
