package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.Quarantined;
import dev.slipway.backend.migration.ledger.Lease;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.source.KeyRange;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.source.SourceColumn;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Makes target rows of one step's raw rows as the copy does, and says what they hang on.
public final class Mapping {
    private final PreparedStep step;
    private final Lookups lookups;
    private final RowMapper mapper;
    private final boolean identity;

    Mapping(PreparedStep step, Lookups lookups) {
        this.step = step;
        this.lookups = lookups;
        this.mapper = new RowMapper(step, lookups);
        this.identity = identity(step);
    }

    /// What a raw row becomes.
    ///
    /// @param skipped whether the plan leaves it out before anything else
    /// @param naturals its natural keys by the name of the match
    /// @param wants what it looks for in other steps' rows
    public record Made(
            @Nullable String[] raw,
            boolean skipped,
            @Nullable Object[] values,
            @Nullable Refusal refusal,
            Map<String, String> naturals,
            List<Want> wants) {}

    /// A natural key of another step that a row names.
    ///
    /// @param met whether it led somewhere
    /// @param asked whether it is only asked if there is such a row
    public record Want(String step, String by, String natural, boolean met, boolean asked) {}

    /// A column that leads to another step's rows.
    ///
    /// @param column the target column that holds the other row's key; empty if it only tells
    ///   whether there is one
    public record Link(String column, String step, String by) {}

    /// The columns that lead to other steps' rows.
    public List<Link> links() {
        List<Link> links = new ArrayList<>();
        for (Field field : step.fields()) {
            switch (field.column.type()) {
                case ColumnType.Lookup l ->
                        links.add(new Link(field.target.name(), l.step(), l.by()));
                case ColumnType.Found f -> links.add(new Link("", f.step(), f.by()));
                default -> {}
            }
        }
        return links;
    }

    /// Whether the target's key is the source's key, a whole number, unchanged.
    public boolean identity() {
        return identity;
    }

    private static boolean identity(PreparedStep step) {
        if (step.id() < 0 || step.reading().key().size() != 1) {
            return false;
        }
        Field id = step.fields().get(step.id());
        int key = step.reading().index(step.reading().key().getFirst());
        return id.column.type() instanceof ColumnType.Whole whole
                && whole.strip() == null
                && id.column.extract() == null
                && id.from.length == 1
                && id.from[0] == key
                && step.reading().columns().get(key).kind() == SourceColumn.Kind.INTEGER;
    }

    /// Whether a later row may change the one that it is merged into.
    public boolean amends() {
        return step.amends();
    }

    /// Where numbers that the run gives stand among the values.
    public int[] numbered() {
        return IntStream.range(0, step.fields().size())
                .filter(i -> step.fields().get(i).column.type() instanceof ColumnType.Generated)
                .toArray();
    }

    /// A number as its column keeps it.
    public @Nullable Object number(int at, long number) {
        return step.fields().get(at).given(number).value();
    }

    /// Whether a row says the same as the one before it.
    public boolean repeats(@Nullable String[] row, @Nullable String[] before) {
        return step.repeats(row, before);
    }

    /// The values that a row leaves in the one that it is merged into.
    public void amend(@Nullable Object[] into, @Nullable Object[] values) {
        Amendments.amend(step, into, values);
    }

    /// What rows become. Numbers that the run gives are left to the caller.
    public List<Made> make(List<@Nullable String[]> rows) throws SQLException {
        mapper.over(rows);
        List<Made> made = new ArrayList<>(rows.size());
        for (int at = 0; at < rows.size(); at++) {
            @Nullable String[] row = rows.get(at);
            boolean skipped = mapper.skips(row);
            Mapped mapped = mapper.map(at, row, 0);
            made.add(
                    new Made(
                            row,
                            skipped,
                            mapped.values(),
                            mapped.refusal(),
                            naturals(row),
                            wants(row, mapped.values())));
        }
        return made;
    }

    private Map<String, String> naturals(@Nullable String[] row) {
        Map<String, String> naturals = new HashMap<>();
        for (NaturalKey key : step.naturalKeys()) {
            String natural = key.of(row);
            if (natural != null) {
                naturals.put(key.match().name(), natural);
            }
        }
        return naturals;
    }

    private List<Want> wants(@Nullable String[] row, @Nullable Object[] values) {
        List<Want> wants = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            Field field = step.fields().get(i);
            if (field.column.type() instanceof ColumnType.Reference to) {
                String natural = lookups.of(to).key(field, row);
                boolean asked = to instanceof ColumnType.Found;
                if (natural != null) {
                    wants.add(new Want(to.step(), to.by(), natural, values[i] != null, asked));
                }
            }
        }
        return wants;
    }

    /// Rows for the quarantine, with all that they hold.
    public List<Quarantined> quarantined(
            String runId, Source source, List<@Nullable String[]> rows, List<Refusal> why)
            throws SQLException {
        List<ChunkRows.Refused> refused = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            refused.add(new ChunkRows.Refused(rows.get(i), why.get(i)));
        }
        var none = new Lease(runId, step.step().name(), 0, KeyRange.ALL, "");
        return new RawRows(step, source).of(none, refused);
    }

    /// Why the target refused a row, as the copy would say it.
    public static Refusal refused(SQLException e) {
        return new Refusal(false, "", "constraint", Reasons.of(e), null);
    }
}
