package dev.slipway.backend.migration.ledger;

import dev.slipway.api.migration.QuarantineState;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which rows of a run's quarantine are meant: those that meet all of it.
///
/// @param step of this step, or empty for all
/// @param column of this column; empty for rows refused as a whole; null for all
/// @param rule refused by this rule, or empty for all
/// @param states in one of these states
/// @param text that stands in the key, the reason or the raw row, whatever the case of its letters;
///   or empty
/// @param rows these alone, or empty for all
public record QuarantineFilter(
        String step,
        @Nullable String column,
        String rule,
        Set<QuarantineState> states,
        String text,
        List<Row> rows) {
    /// Every row of a run, whatever became of it.
    public static final QuarantineFilter ALL =
            new QuarantineFilter("", null, "", EnumSet.allOf(QuarantineState.class), "", List.of());

    /// Those that do not stand in the target.
    private static final Set<QuarantineState> OUT =
            EnumSet.of(QuarantineState.OPEN, QuarantineState.ACCEPTED);

    public QuarantineFilter {
        states = Set.copyOf(states);
        rows = List.copyOf(rows);
    }

    /// A row by its step and key.
    public record Row(String step, String key) {}

    /// Every row of a step that does not stand in the target.
    public static QuarantineFilter out(String step) {
        return new QuarantineFilter(step, null, "", OUT, "", List.of());
    }

    /// The same rows, as far as they are in one state.
    public QuarantineFilter in(QuarantineState state) {
        Set<QuarantineState> left =
                states.contains(state) ? EnumSet.of(state) : Collections.emptySet();
        return new QuarantineFilter(step, column, rule, left, text, rows);
    }

    /// The same rows, as far as they are of one step.
    public QuarantineFilter of(String other) {
        return new QuarantineFilter(other, column, rule, states, text, rows);
    }

    /// Whether a step may have some of them.
    public boolean touches(String other) {
        return step.isEmpty() || step.equals(other);
    }

    /// It as an SQL condition.
    ///
    /// @param values what its parameters are; they are added at the end
    String where(String runId, List<@Nullable Object> values) {
        List<String> all = new ArrayList<>();
        all.add("run_id = ?");
        values.add(runId);
        if (!step.isEmpty()) {
            all.add("step = ?");
            values.add(step);
        }
        if (column != null) {
            all.add("column_name = ?");
            values.add(column);
        }
        if (!rule.isEmpty()) {
            all.add("rule = ?");
            values.add(rule);
        }
        if (states.size() < QuarantineState.values().length) {
            all.add(states.isEmpty() ? "1 = 0" : "state IN (" + marks(states.size()) + ")");
            states.stream().map(Enum::name).sorted().forEach(values::add);
        }
        if (!text.isEmpty()) {
            all.add(
                    "(lower(row_key) LIKE ? ESCAPE '!' OR lower(reason) LIKE ? ESCAPE '!'"
                            + " OR lower(raw_row) LIKE ? ESCAPE '!')");
            String like = "%" + text.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
            Collections.addAll(values, like, like, like);
        }
        if (!rows.isEmpty()) {
            all.add(
                    String.join(
                                    " OR ",
                                    Collections.nCopies(rows.size(), "(step = ? AND row_key = ?)"))
                            .transform(any -> "(" + any + ")"));
            rows.forEach(row -> Collections.addAll(values, row.step(), row.key()));
        }
        return String.join(" AND ", all);
    }

    private static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }
}
