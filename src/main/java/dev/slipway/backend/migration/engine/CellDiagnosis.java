package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.Place;
import dev.slipway.backend.migration.ledger.Chunks;
import dev.slipway.backend.migration.ledger.Corrections;
import dev.slipway.backend.migration.ledger.Keys;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.MatchKey;
import dev.slipway.backend.migration.ledger.MatchKeys;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.source.OrderedRows;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.TargetColumn;
import dev.slipway.backend.migration.validation.Diagnosis;
import dev.slipway.backend.migration.validation.RowHash;
import dev.slipway.backend.migration.validation.StepView;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Goes through a step's chunks once more, makes each row again and holds it against the target.
final class CellDiagnosis implements Diagnosis {
    private static final int SHOWN = 5;
    private static final int CHUNKS_AT_ONCE = 100;
    private static final int BITS = 1 << 27;

    private final String runId;
    private final Source source;
    private final Target target;
    private final Ledger ledger;
    private final Chunks chunks;
    private final MatchKeys matchKeys;
    private final Lookups lookups;
    private final Map<String, PreparedStep> steps;

    CellDiagnosis(String runId, Hand hand, Map<String, PreparedStep> steps) {
        this.runId = runId;
        this.source = hand.source;
        this.target = hand.target;
        this.ledger = hand.ledger;
        this.chunks = hand.chunks;
        this.matchKeys = hand.matchKeys;
        this.lookups = hand.lookups;
        this.steps = steps;
    }

    @Override
    public List<Place> locate(StepView view) throws SQLException {
        PreparedStep step = Objects.requireNonNull(steps.get(view.name()));
        List<Place> places = new ArrayList<>();
        BitSet expected = new BitSet(BITS);
        var corrections = Corrections.resolved(ledger, runId, view.name());
        lookups.forget();
        List<String> high = ledger.step(runId, view.name()).orElseThrow().high();
        int from = 1;
        try (var source = new OrderedRows(this.source)) {
            while (places.size() < SHOWN) {
                List<Chunks.Done> some = chunks.done(runId, view.name(), from, CHUNKS_AT_ONCE);
                for (Chunks.Done chunk : some) {
                    List<@Nullable String[]> rows =
                            source.all(step.reading(), chunk.range(), high, chunk.counts().read());
                    compare(
                            step,
                            chunk,
                            rows,
                            before(step, chunk, source),
                            corrections,
                            expected,
                            places);
                    from = chunk.number() + 1;
                }
                if (some.size() < CHUNKS_AT_ONCE) {
                    break;
                }
            }
        }
        if (places.size() < SHOWN) {
            extra(step, expected, places);
        }
        return places.subList(0, Math.min(SHOWN, places.size()));
    }

    private void compare(
            PreparedStep step,
            Chunks.Done chunk,
            List<@Nullable String[]> rows,
            @Nullable String @Nullable [] first,
            Corrections corrections,
            BitSet expected,
            List<Place> places)
            throws SQLException {
        List<@Nullable String[]> counting = new ArrayList<>(rows.size());
        for (@Nullable String[] row : rows) {
            counting.add(corrections.over(Keys.shown(step.key(row)), step.reading(), row));
        }
        var mapper = new RowMapper(step, lookups);
        mapper.over(counting);
        Map<String, MatchKey> origins = origins(step, counting);
        @Nullable String @Nullable [] before = first;
        Set<String> refused = refused(step, chunk);
        List<TargetCells.Made> made = new ArrayList<>(rows.size());
        for (int at = 0; at < rows.size(); at++) {
            @Nullable String[] row = rows.get(at);
            String key = Keys.shown(step.key(row));
            boolean repeated = before != null && step.repeats(row, before);
            @Nullable Object[] values =
                    repeated || refused.contains(key)
                            ? null
                            : expected(step, mapper, at, counting.get(at), key, origins);
            before = row;
            if (values != null) {
                expected.set(slot(TargetCells.primary(step, values)));
                made.add(new TargetCells.Made(values, key));
            }
        }
        new TargetCells(step, target).compare(made, places, SHOWN);
    }

    private static @Nullable String @Nullable [] before(
            PreparedStep step, Chunks.Done chunk, OrderedRows source) throws SQLException {
        return step.repeats() && !chunk.range().after().isEmpty()
                ? source.last(step.reading(), chunk.range().after())
                : null;
    }

    /// The row as it must be, or null if it is not written or can't be made again.
    private @Nullable Object @Nullable [] expected(
            PreparedStep step,
            RowMapper mapper,
            int at,
            @Nullable String[] row,
            String key,
            Map<String, MatchKey> origins) {
        NaturalKey naming = naming(step);
        String natural = naming == null ? null : naming.of(row);
        MatchKey origin = natural == null ? null : origins.get(natural);
        boolean merged =
                step.step().merge() != null && origin != null && !origin.origin().equals(key);
        if (mapper.skips(row) || merged) {
            return null;
        }
        boolean generates =
                step.step().columns().stream()
                        .anyMatch(c -> c.type() instanceof ColumnType.Generated);
        if (generates && origin == null) {
            return null;
        }
        long id = generates && origin != null ? Long.parseLong(origin.target()) : 0;
        Mapped mapped = mapper.map(at, row, id);
        return mapped.refusal() == null ? mapped.values() : null;
    }

    /// The match key by which written rows are known.
    private static @Nullable NaturalKey naming(PreparedStep step) {
        NaturalKey merge = step.merge();
        return merge != null || step.naturalKeys().isEmpty()
                ? merge
                : step.naturalKeys().getFirst();
    }

    private Map<String, MatchKey> origins(PreparedStep step, List<@Nullable String[]> rows)
            throws SQLException {
        NaturalKey naming = naming(step);
        if (naming == null) {
            return Map.of();
        }
        Set<String> wanted = new HashSet<>();
        for (@Nullable String[] row : rows) {
            String natural = naming.of(row);
            if (natural != null) {
                wanted.add(natural);
            }
        }
        return matchKeys.find(step.step().name(), naming.match().name(), wanted);
    }

    private Set<String> refused(PreparedStep step, Chunks.Done chunk) throws SQLException {
        Set<String> keys = new HashSet<>();
        String sql =
                "SELECT row_key FROM "
                        + target.ledger("quarantine")
                        + " WHERE run_id = ? AND step = ? AND chunk = ? AND state <> 'RESOLVED'";
        try (var statement = target.connection().prepareStatement(sql)) {
            statement.setString(1, runId);
            statement.setString(2, step.step().name());
            statement.setInt(3, chunk.number());
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    keys.add(row.getString(1));
                }
            }
        }
        return keys;
    }

    /// Rows whose key no source row gives.
    private void extra(PreparedStep step, BitSet expected, List<Place> places) throws SQLException {
        List<TargetColumn> primary =
                step.table().primary().stream()
                        .map(c -> step.table().column(c).orElseThrow())
                        .toList();
        String columns =
                primary.stream().map(c -> target.quote(c.name())).collect(Collectors.joining(", "));
        String sql = "SELECT " + columns + " FROM " + target.quote(step.table().name());
        try (var statement = target.connection().prepareStatement(sql)) {
            statement.setFetchSize(5_000);
            try (var row = statement.executeQuery()) {
                while (row.next() && places.size() < SHOWN) {
                    List<@Nullable Object> key = new ArrayList<>();
                    for (int i = 0; i < primary.size(); i++) {
                        key.add(target.value(row, i + 1, primary.get(i).kind()));
                    }
                    if (!expected.get(slot(key))) {
                        places.add(
                                Place.row(
                                        step.table().name(),
                                        TargetCells.shown(key),
                                        "",
                                        "no source row gives it"));
                    }
                }
            }
        }
    }

    private static int slot(List<@Nullable Object> key) {
        return Math.floorMod(RowHash.of(key.toArray()), BITS);
    }
}
