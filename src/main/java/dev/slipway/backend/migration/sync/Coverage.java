package dev.slipway.backend.migration.sync;

import java.util.List;
import java.util.Set;

/// How the changes of a step's rows are found.
///
/// @param line of the step in the plan
/// @param table whose rows' changes name the step's rows; empty if none does
/// @param columns of that table, which give the step's key
/// @param whole tables of which any change has the step read whole
/// @param problem why the step can't be synced; empty if it can
public record Coverage(
        int line,
        String step,
        How how,
        String table,
        List<String> columns,
        Set<String> whole,
        String problem) {

    /// How.
    public enum How {
        /// A change of the table's row is a change of the step's row.
        ROW_BY_ROW,
        /// A change names the row, which is read again through the plan's SQL.
        READ_AGAIN_BY_KEY,
        /// Some changes do not tell which rows they concern: the step is read whole after them.
        READ_WHOLE,
        /// It can't be kept up to date.
        NOT_SYNCED
    }

    public Coverage {
        columns = List.copyOf(columns);
        whole = Set.copyOf(whole);
    }

    /// In a sentence.
    public String text() {
        String by = "by %s of %s".formatted(String.join(", ", columns), table);
        String also =
                whole.isEmpty()
                        ? ""
                        : "; after any change of "
                                + String.join(", ", whole.stream().sorted().toList())
                                + " the whole step is read again";
        return switch (how) {
            case ROW_BY_ROW -> "row by row, " + by;
            case READ_AGAIN_BY_KEY -> "read again by key, " + by;
            case READ_WHOLE -> (table.isEmpty() ? "read whole" : "read again " + by) + also;
            case NOT_SYNCED -> "not synced: " + problem;
        };
    }
}
