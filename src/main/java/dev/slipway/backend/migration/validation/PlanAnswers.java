package dev.slipway.backend.migration.validation;

import dev.slipway.backend.migration.plan.PlanCheck;
import dev.slipway.backend.migration.source.Lost;
import dev.slipway.backend.migration.source.Source;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What the source says to the checks that a plan states in SQL.
public final class PlanAnswers {
    /// Rows of one answer.
    static final int MOST = 100_000;

    private final List<Answer> all;

    private PlanAnswers(List<Answer> all) {
        this.all = List.copyOf(all);
    }

    /// @param rows in order
    /// @param refusal why the source does not answer, or null
    record Answer(PlanCheck check, List<List<String>> rows, @Nullable String refusal) {}

    /// Asks the source.
    ///
    /// @throws SQLException if it went away; what it refuses is part of the answer
    public static PlanAnswers of(Source source, List<PlanCheck> checks) throws SQLException {
        List<Answer> answers = new ArrayList<>();
        for (PlanCheck check : checks) {
            answers.add(answer(source, check));
        }
        return new PlanAnswers(answers);
    }

    private static Answer answer(Source source, PlanCheck check) throws SQLException {
        try {
            return new Answer(check, sorted(source.query(check.source(), MOST)), null);
        } catch (SQLException e) {
            if (Lost.is(e)) {
                throw e;
            }
            return new Answer(check, List.of(), String.valueOf(e.getMessage()));
        }
    }

    List<Answer> all() {
        return all;
    }

    /// Rows as text, so that equal values of different types are equal, in one order.
    static List<List<String>> sorted(List<List<@Nullable Object>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(Figure::of).toList())
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .toList();
    }
}
