package dev.slipway.console.migration;

import dev.slipway.api.migration.Quarantined;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Why rows are in quarantine, and how many for that reason.
///
/// @param column empty if the row as a whole was refused
public record ReasonRow(String step, String column, String rule, long count) {

    private record Reason(String step, String column, String rule) {
        static Reason of(Quarantined row) {
            return new Reason(row.step(), row.column(), row.rule());
        }
    }

    /// The reasons of those rows, the most frequent first.
    static List<ReasonRow> of(List<Quarantined> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(Reason::of, Collectors.counting()))
                .entrySet()
                .stream()
                .map(e -> row(e.getKey(), e.getValue()))
                .sorted(
                        Comparator.comparing(ReasonRow::count)
                                .reversed()
                                .thenComparing(ReasonRow::step)
                                .thenComparing(ReasonRow::column)
                                .thenComparing(ReasonRow::rule))
                .toList();
    }

    private static ReasonRow row(Reason reason, long count) {
        return new ReasonRow(reason.step(), reason.column(), reason.rule(), count);
    }

    boolean holds(Quarantined row) {
        return step.equals(row.step()) && column.equals(row.column()) && rule.equals(row.rule());
    }

    /// What makes two of them the same.
    static Function<ReasonRow, Object> key() {
        return row -> new Reason(row.step(), row.column(), row.rule());
    }
}
