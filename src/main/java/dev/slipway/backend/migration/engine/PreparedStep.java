package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.Match;
import dev.slipway.backend.migration.plan.Step;
import dev.slipway.backend.migration.plan.Wins;
import dev.slipway.backend.migration.source.Reading;
import dev.slipway.backend.migration.target.TargetColumn;
import dev.slipway.backend.migration.target.TargetTable;
import dev.slipway.backend.migration.validation.StepView;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A step brought together with its source and its target.
public final class PreparedStep {
    private final Step step;
    private final Reading reading;
    private final Reading whole;
    private final TargetTable table;
    private final List<Field> fields;
    private final int id;
    private final List<TargetColumn> columns;
    private final int[] key;
    private final int[] repeats;
    private final List<NaturalKey> naturalKeys;
    private final boolean amends;
    private final boolean generates;

    /// @param reading the columns that the step needs
    /// @param whole every column, for rows that go to quarantine
    /// @param fields one per column of the plan, in its order
    /// @param id where the target's key stands among them, or -1 if it is not one of them
    PreparedStep(
            Step step,
            Reading reading,
            Reading whole,
            TargetTable table,
            List<Field> fields,
            int id) {
        this.step = step;
        this.reading = reading;
        this.whole = whole;
        this.table = table;
        this.fields = List.copyOf(fields);
        this.id = id;
        this.amends = step.columns().stream().anyMatch(c -> c.wins() != Wins.FIRST);
        this.generates =
                step.columns().stream().anyMatch(c -> c.type() instanceof ColumnType.Generated);
        this.columns = fields.stream().map(f -> f.target).toList();
        this.key = indexes(reading.key());
        this.repeats = indexes(step.repeats());
        this.naturalKeys =
                step.matches().stream().map(m -> new NaturalKey(m, indexes(m.columns()))).toList();
    }

    private int[] indexes(List<String> names) {
        return names.stream().mapToInt(reading::index).toArray();
    }

    public Step step() {
        return step;
    }

    /// What is read of the source.
    public Reading reading() {
        return reading;
    }

    /// All that could be read.
    Reading whole() {
        return whole;
    }

    public TargetTable table() {
        return table;
    }

    /// One per column of the plan, in its order.
    List<Field> fields() {
        return fields;
    }

    /// Where the target's key stands among the fields, or -1 if it is not one of them.
    int id() {
        return id;
    }

    /// What a check may know of it.
    public StepView view() {
        return new StepView(step, reading, table, columns);
    }

    /// Whether its chunks can be planned in advance as ranges of one number.
    boolean ranged() {
        return !step.ordered() && !reading.scanned() && reading.numbered();
    }

    /// The rows that one chunk may hold. A range that was planned may hold twice what it was
    /// planned for before it is cut.
    int limit() {
        return ranged() ? 2 * step.chunkRows() : step.chunkRows();
    }

    /// The target columns that are written, in the order of the plan's columns.
    public List<TargetColumn> columns() {
        return columns;
    }

    /// The source key of a raw row.
    public List<String> key(@Nullable String[] row) {
        if (key.length == 1) {
            return List.of(Objects.requireNonNullElse(row[key[0]], ""));
        }
        List<String> parts = new ArrayList<>(key.length);
        for (int at : key) {
            parts.add(Objects.requireNonNullElse(row[at], ""));
        }
        return parts;
    }

    /// Whether rows may repeat the one before them.
    boolean repeats() {
        return repeats.length > 0;
    }

    /// Whether a row says the same as another one.
    boolean repeats(@Nullable String[] row, @Nullable String[] before) {
        for (int at : repeats) {
            if (!Objects.equals(row[at], before[at])) {
                return false;
            }
        }
        return repeats.length > 0;
    }

    /// The match keys, in the plan's order.
    List<NaturalKey> naturalKeys() {
        return naturalKeys;
    }

    /// The match key by which rows are merged, or null.
    @Nullable NaturalKey merge() {
        return naturalKeys.stream()
                .filter(n -> n.match().name().equals(step.merge()))
                .findFirst()
                .orElse(null);
    }

    /// A match key.
    NaturalKey naturalKey(Match match) {
        return naturalKeys.stream().filter(n -> n.match().equals(match)).findFirst().orElseThrow();
    }

    /// Whether a later row may change the one that it is merged into.
    boolean amends() {
        return amends;
    }

    /// Whether the run numbers its rows itself.
    boolean generates() {
        return generates;
    }

    /// A raw row of the whole reading by its source columns.
    Map<String, @Nullable String> named(@Nullable String[] row) {
        Map<String, @Nullable String> named = new LinkedHashMap<>();
        for (int i = 0; i < row.length; i++) {
            named.put(whole.columns().get(i).name(), row[i]);
        }
        return named;
    }

    @Override
    public String toString() {
        return step.name() + Arrays.toString(key);
    }
}
