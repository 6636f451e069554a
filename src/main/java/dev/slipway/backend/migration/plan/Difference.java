package dev.slipway.backend.migration.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// In what two plans differ, as far as that may change rows. Where a step stands in its file, what
/// it says that it mends, and how many rows it takes at once change none.
///
/// @param forbidden what rows that stand in the target can't follow, in words
/// @param columns the steps whose columns or `skip` differ: whether that changes rows depends on
///   the rows
public record Difference(List<String> forbidden, List<String> columns) {
    public Difference {
        forbidden = List.copyOf(forbidden);
        columns = List.copyOf(columns);
    }

    public static Difference of(MigrationPlan before, MigrationPlan after) {
        List<String> forbidden = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        same(forbidden, "the plan's name", before.name(), after.name());
        same(forbidden, "'source'", before.source(), after.source());
        same(forbidden, "'target'", before.target(), after.target());
        same(forbidden, "'schema'", schemas(before), schemas(after));
        same(forbidden, "the list of steps", names(before), names(after));
        if (names(before).equals(names(after))) {
            for (int i = 0; i < before.steps().size(); i++) {
                step(forbidden, columns, before.steps().get(i), after.steps().get(i));
            }
        }
        return new Difference(forbidden, columns);
    }

    /// The schemas without the lines that they stand on.
    private static Map<String, Schema> schemas(MigrationPlan plan) {
        return plan.schemas().entrySet().stream()
                .collect(
                        Collectors.toMap(
                                e -> String.valueOf(e.getKey()),
                                e -> new Schema(e.getValue().before(), e.getValue().after())));
    }

    private static List<String> names(MigrationPlan plan) {
        return plan.steps().stream().map(Step::name).toList();
    }

    private static void step(
            List<String> forbidden, List<String> columns, Step before, Step after) {
        String name = "step " + before.name() + ": ";
        same(forbidden, name + "'source'", source(before), source(after));
        same(forbidden, name + "'key'", before.key(), after.key());
        same(forbidden, name + "'target'", before.target(), after.target());
        same(forbidden, name + "'match'", matches(before), matches(after));
        same(forbidden, name + "'merge'", before.merge(), after.merge());
        same(forbidden, name + "'repeats'", before.repeats(), after.repeats());
        same(forbidden, name + "the list of columns", targets(before), targets(after));
        same(forbidden, name + "'wins'", wins(before), wins(after));
        boolean rules = !plain(before).equals(plain(after)) || !before.skip().equals(after.skip());
        if (rules) {
            columns.add(before.name());
        }
    }

    private static void same(
            List<String> forbidden,
            String what,
            @org.jspecify.annotations.Nullable Object before,
            @org.jspecify.annotations.Nullable Object after) {
        if (!Objects.equals(before, after)) {
            forbidden.add(what + " differs");
        }
    }

    private static SourceQuery source(Step step) {
        SourceQuery source = step.source();
        return new SourceQuery(
                0, source.table(), source.sql(), source.where(), 0, source.expressions());
    }

    private static List<Match> matches(Step step) {
        return step.matches().stream()
                .map(m -> new Match(0, m.name(), m.columns(), m.normal()))
                .toList();
    }

    private static List<String> targets(Step step) {
        return step.columns().stream().map(Column::name).toList();
    }

    private static List<Map.Entry<String, Wins>> wins(Step step) {
        return step.columns().stream().map(c -> Map.entry(c.name(), c.wins())).toList();
    }

    /// The columns without the lines that they stand on.
    private static List<Column> plain(Step step) {
        return step.columns().stream()
                .map(
                        c ->
                                new Column(
                                        0,
                                        c.name(),
                                        c.type(),
                                        c.from(),
                                        c.repair(),
                                        c.extract(),
                                        c.missing(),
                                        c.onMissing(),
                                        c.onBad(),
                                        c.fallback(),
                                        c.store(),
                                        c.wins(),
                                        null))
                .toList();
    }
}
