package dev.slipway.backend.migration.validation;

import dev.slipway.backend.migration.plan.Match;
import dev.slipway.backend.migration.target.Kind;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.TargetColumn;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What is looked up in a target: rows by their primary key, rows by a column, and natural keys in
/// the ledger. Each can be asked for beforehand, for many at once.
final class TargetLookups implements AutoCloseable {
    private static final String ANY = "1 = 1";

    private final Target target;
    private final String space;
    private final Map<String, String> rowQueries = new HashMap<>();
    private final Questions questions;

    /// @param space of the run's keys in the ledger
    TargetLookups(Target target, String space) {
        this.target = target;
        this.space = space;
        this.questions = new Questions(target);
    }

    /// Forgets what was asked for beforehand.
    void clear() {
        questions.clear();
    }

    void expectMatches(StepView of, Match match, Set<String> naturals) throws SQLException {
        String find =
                target.find(
                        "natural_key, target_key, origin",
                        target.ledger("match_key"),
                        "step = ? AND name = ?",
                        "natural_key");
        questions.expect(
                matchQuery(),
                List.of(space + of.name(), match.name()),
                Kind.TEXT,
                naturals,
                find,
                List.of(Kind.TEXT, Kind.TEXT));
    }

    /// What a natural key stands for: the target's key and the origin; empty if there is none.
    List<List<@Nullable Object>> match(StepView of, Match match, String natural)
            throws SQLException {
        List<Kind> kinds = List.of(Kind.TEXT, Kind.TEXT);
        return query(matchQuery(), kinds, space + of.name(), match.name(), natural);
    }

    private String matchQuery() {
        return "SELECT target_key, origin FROM "
                + target.ledger("match_key")
                + " WHERE step = ? AND name = ? AND natural_key = ?";
    }

    void expectRows(StepView step, TargetColumn id, Set<Object> keys) throws SQLException {
        String find =
                target.find(
                        target.quote(id.name()) + ", " + names(step),
                        target.quote(step.table().name()),
                        ANY,
                        target.quote(id.name()));
        questions.expect(rowQuery(step), List.of(), id.kind(), keys, find, kinds(step));
    }

    /// The values of a row in the order of the plan's columns; empty if it is not there.
    List<List<@Nullable Object>> row(StepView step, List<Object> primary) throws SQLException {
        return query(rowQuery(step), kinds(step), primary.toArray());
    }

    private static List<Kind> kinds(StepView step) {
        return step.columns().stream().map(TargetColumn::kind).toList();
    }

    private String names(StepView step) {
        return step.columns().stream()
                .map(c -> target.quote(c.name()))
                .collect(Collectors.joining(", "));
    }

    private String rowQuery(StepView step) {
        return rowQueries.computeIfAbsent(step.name(), _ -> newRowQuery(step));
    }

    private String newRowQuery(StepView step) {
        String is =
                step.table().primary().stream()
                        .map(c -> target.quote(c) + " = ?")
                        .collect(Collectors.joining(" AND "));
        return "SELECT %s FROM %s WHERE %s"
                .formatted(names(step), target.quote(step.table().name()), is);
    }

    void expectColumn(StepView of, TargetColumn by, TargetColumn id, Set<Object> values)
            throws SQLException {
        String find =
                target.find(
                        target.quote(by.name()) + ", " + target.quote(id.name()),
                        target.quote(of.table().name()),
                        ANY,
                        target.quote(by.name()));
        questions.expect(
                columnQuery(of, by, id), List.of(), by.kind(), values, find, List.of(id.kind()));
    }

    /// The ids of the rows that have a value in a column.
    List<List<@Nullable Object>> column(StepView of, TargetColumn by, TargetColumn id, Object value)
            throws SQLException {
        return query(columnQuery(of, by, id), List.of(id.kind()), value);
    }

    private String columnQuery(StepView of, TargetColumn by, TargetColumn id) {
        return "SELECT %s FROM %s WHERE %s = ?"
                .formatted(
                        target.quote(id.name()),
                        target.quote(of.table().name()),
                        target.quote(by.name()));
    }

    private List<List<@Nullable Object>> query(String sql, List<Kind> kinds, Object... values)
            throws SQLException {
        return questions.ask(sql, kinds, List.of(values));
    }

    @Override
    public void close() throws SQLException {
        questions.close();
    }
}
