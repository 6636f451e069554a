package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.plan.Column;
import dev.slipway.backend.migration.plan.Match;
import dev.slipway.backend.migration.plan.SourceQuery;
import dev.slipway.backend.migration.plan.Step;
import dev.slipway.backend.migration.source.Reading;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.source.SourceColumn;
import dev.slipway.backend.migration.source.SourceTable;
import dev.slipway.config.Nearest;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Holds what a step reads against its source: the columns that it speaks of, and a key that tells
/// each row from every other.
final class StepSource {
    private final Step step;
    private final Source source;
    private final Faults faults;

    StepSource(Step step, Source source, Faults faults) {
        this.step = step;
        this.source = source;
        this.faults = faults;
    }

    /// What a step reads of each row, and what of one that is set aside.
    record Readings(Reading needed, Reading whole) {}

    /// @param deep whether to look for rows that share a key
    /// @return empty if there is no such source
    Optional<Readings> prepare(boolean deep) throws SQLException {
        SourceTable from = describe();
        if (from == null) {
            return Optional.empty();
        }
        List<String> key = key(from, deep);
        names(from);
        var needed = new Reading(step.source(), needed(from, key), key);
        var whole = new Reading(step.source(), all(from, needed.columns()), key);
        if (faults.none() && source.sorts(needed, needed.numbered() && !step.ordered())) {
            // nothing of it is read twice, so whatever a bad row holds is read at once
            whole = new Reading(step.source(), whole.columns(), key, true);
            needed = whole;
        }
        return Optional.of(new Readings(needed, whole));
    }

    private @Nullable SourceTable describe() throws SQLException {
        try {
            SourceTable found = source.describe(step.source());
            condition();
            return found;
        } catch (SQLException e) {
            String table = step.source().table();
            String hint = table.isEmpty() ? "" : Nearest.hint(table, source.tables());
            faults.at(step.source().line(), "the source can't be read: " + e.getMessage() + hint);
            return null;
        }
    }

    private void condition() {
        SourceQuery query = step.source();
        if (!query.where().isEmpty()) {
            try {
                source.parse("SELECT 1 FROM " + source.from(query));
            } catch (SQLException e) {
                faults.at(query.whereLine(), "the source refuses 'where': " + e.getMessage());
            }
        }
    }

    private List<String> key(SourceTable from, boolean deep) throws SQLException {
        if (step.key().isEmpty()) {
            if (from.unique().isEmpty()) {
                faults.at(step.line(), "the source names no key: 'key' must list columns that do");
                return List.of();
            }
            List<String> own = from.unique().getFirst();
            own.forEach(column -> from.column(column).ifPresent(this::comparable));
            return own;
        }
        for (String column : step.key()) {
            source(from, step.line(), column);
            from.column(column).ifPresent(this::comparable);
        }
        if (faults.none() && deep && !vouched(from)) {
            unique(from);
        }
        return step.key();
    }

    /// A key is kept as text, and must come back as the same value.
    private void comparable(SourceColumn column) {
        String instead =
                switch (column.kind()) {
                    case BINARY -> "HEX(" + column.name() + ")";
                    case FLOAT -> "CAST(" + column.name() + " AS DECIMAL(38, 10))";
                    default -> "";
                };
        if (!instead.isEmpty()) {
            faults.at(
                    step.line(),
                    "the key '%s' holds %s, which can't be compared as text: name one of 'expressions', such as '%s'"
                            .formatted(
                                    column.name(),
                                    column.kind() == SourceColumn.Kind.BINARY
                                            ? "bytes"
                                            : "floating-point numbers",
                                    instead));
        }
    }

    private boolean vouched(SourceTable from) {
        Set<String> key = step.key().stream().map(String::toLowerCase).collect(Collectors.toSet());
        return from.unique().stream()
                .anyMatch(u -> key.containsAll(u.stream().map(String::toLowerCase).toList()));
    }

    /// Rows that share a key, or have none, could be lost between two chunks.
    private void unique(SourceTable from) throws SQLException {
        String columns =
                step.key().stream()
                        .map(k -> "s." + source.quote(k))
                        .collect(Collectors.joining(", "));
        String nulls =
                step.key().stream()
                        .map(k -> "s." + source.quote(k) + " IS NULL")
                        .collect(Collectors.joining(" OR "));
        String sql =
                "SELECT %s, count(*) FROM %s GROUP BY %s HAVING count(*) > 1 OR %s LIMIT 1"
                        .formatted(columns, source.from(step.source()), columns, nulls);
        var found = source.query(sql, 1);
        if (!found.isEmpty()) {
            faults.at(
                    step.line(),
                    "the key " + step.key() + " is not unique or is NULL: " + found.getFirst());
        }
    }

    /// Every column that the step speaks of must be there.
    private void names(SourceTable from) {
        for (Match match : step.matches()) {
            match.columns().forEach(column -> source(from, match.line(), column));
        }
        step.skip().keySet().forEach(column -> source(from, step.line(), column));
        step.repeats().forEach(column -> source(from, step.line(), column));
        for (Column column : step.columns()) {
            column.from().forEach(name -> source(from, column.line(), name));
        }
    }

    private void source(SourceTable from, int line, String column) {
        if (from.column(column).isEmpty()) {
            faults.at(
                    line,
                    "the source has no column '"
                            + column
                            + "'"
                            + Nearest.hint(column, from.names()));
        }
    }

    /// The columns that the step speaks of.
    private List<SourceColumn> needed(SourceTable from, List<String> key) {
        Set<String> used =
                Stream.of(
                                key.stream(),
                                step.skip().keySet().stream(),
                                step.repeats().stream(),
                                step.matches().stream().flatMap(m -> m.columns().stream()),
                                step.columns().stream().flatMap(c -> c.from().stream()))
                        .flatMap(s -> s)
                        .map(String::toLowerCase)
                        .collect(Collectors.toSet());
        return from.columns().stream().filter(c -> used.contains(c.name().toLowerCase())).toList();
    }

    /// Everything but bytes that no one asks for.
    private static List<SourceColumn> all(SourceTable from, List<SourceColumn> needed) {
        return from.columns().stream()
                .filter(c -> c.kind() != SourceColumn.Kind.BINARY || needed.contains(c))
                .toList();
    }
}
