package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.Quarantined;
import dev.slipway.backend.migration.ledger.Keys;
import dev.slipway.backend.migration.ledger.Lease;
import dev.slipway.backend.migration.ledger.MatchKey;
import dev.slipway.backend.migration.ledger.MatchKeys;
import dev.slipway.backend.migration.plan.Match;

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
    private final Lookups lookups;
    private final MatchKeys matchKeys;
    private final Lease lease;
    private final Map<String, String> refused;

    /// @param refused the source keys of rows that the target itself refused, with its reason
    ChunkMapper(
            PreparedStep step,
            Lookups lookups,
            MatchKeys matchKeys,
            Lease lease,
            Map<String, String> refused) {
        this.step = step;
        this.lookups = lookups;
        this.matchKeys = matchKeys;
        this.lease = lease;
        this.refused = refused;
    }

    /// @param firstId the first number that a generated key may get
    ChunkRows map(List<@Nullable String[]> rows, long firstId) throws SQLException {
        var result = new ChunkRows();
        var mapper = new RowMapper(step, lookups, rows);
        Match merge = merge();
        @Nullable String[] naturals = new @Nullable String[rows.size()];
        Map<String, String> standing =
                merge == null ? Map.of() : standing(merge, mapper, rows, naturals);
        for (int at = 0; at < naturals.length; at++) {
            @Nullable String[] row = rows.get(at);
            result.read++;
            String natural = naturals[at];
            String stands = natural == null ? null : standing.get(natural);
            if (mapper.skips(row)) {
                result.skipped++;
            } else if (stands != null) {
                result.merged++;
                keys(result, mapper, row, natural, stands);
            } else {
                String id = convert(result, mapper, at, row, natural, firstId);
                if (id != null && natural != null) {
                    standing.put(natural, id);
                }
            }
        }
        return result;
    }

    private @Nullable Match merge() {
        String merge = step.step().merge();
        return merge == null ? null : step.step().match(merge).orElseThrow();
    }

    /// The target keys of the natural keys that stand already.
    private Map<String, String> standing(
            Match merge,
            RowMapper mapper,
            List<@Nullable String[]> rows,
            @Nullable String[] naturals)
            throws SQLException {
        Set<String> wanted = new HashSet<>();
        for (int at = 0; at < naturals.length; at++) {
            String natural = mapper.natural(merge, rows.get(at));
            naturals[at] = natural;
            if (natural != null) {
                wanted.add(natural);
            }
        }
        Map<String, String> standing = new HashMap<>();
        matchKeys
                .find(step.step().name(), merge.name(), wanted)
                .values()
                .forEach(key -> standing.put(key.natural(), key.target()));
        return standing;
    }

    /// @return the target key of the row, or null if it is not written
    private @Nullable String convert(
            ChunkRows result,
            RowMapper mapper,
            int at,
            @Nullable String[] row,
            @Nullable String merged,
            long firstId) {
        try {
            String reason = refused.isEmpty() ? null : refused.get(Keys.shown(step.key(row)));
            if (reason != null) {
                throw new Refused("", "constraint", reason, null);
            }
            @Nullable Object[] values = mapper.values(at, row, firstId + result.generated);
            result.generated++;
            result.written.add(new ChunkRows.Out(values, row));
            String id = step.id() < 0 ? "" : String.valueOf(values[step.id()]);
            keys(result, mapper, row, merged, id);
            return id;
        } catch (LeftOut e) {
            result.skipped++;
        } catch (Refused e) {
            result.quarantined.add(quarantined(row, e));
        }
        return null;
    }

    /// @param merged the natural key by which the step merges, if it does
    private void keys(
            ChunkRows result,
            RowMapper mapper,
            @Nullable String[] row,
            @Nullable String merged,
            String id) {
        if (step.step().matches().isEmpty()) {
            return;
        }
        String origin = Keys.shown(step.key(row));
        for (Match match : step.step().matches()) {
            boolean known = match.name().equals(step.step().merge());
            String natural = known ? merged : mapper.natural(match, row);
            if (natural != null) {
                result.keys.add(new MatchKey(match.name(), natural, id, origin));
            }
        }
    }

    private Quarantined quarantined(@Nullable String[] row, Refused why) {
        return new Quarantined(
                lease.runId(),
                step.step().name(),
                lease.number(),
                Keys.shown(step.key(row)),
                why.column,
                why.rule,
                why.reason,
                why.value,
                step.named(row));
    }
}
