package dev.slipway.backend.migration.validation;

import dev.slipway.api.migration.Place;
import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.plan.PlanCheck;
import dev.slipway.backend.migration.source.Lost;
import dev.slipway.backend.migration.source.Results;
import dev.slipway.backend.migration.target.Target;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What a plan says must be equal on both sides, asked in SQL of each.
final class PlanChecks {
    private static final int SHOWN = 200;
    private static final int FIRST = 3;
    private final String runId;
    private final Target target;

    PlanChecks(String runId, Target target) {
        this.runId = runId;
        this.target = target;
    }

    /// Holds what the source said against the target.
    ///
    /// @throws SQLException if the target went away
    List<Validation> check(PlanAnswers answers) throws SQLException {
        List<Validation> found = new ArrayList<>();
        for (PlanAnswers.Answer answer : answers.all()) {
            found.add(check(answer));
        }
        return found;
    }

    private Validation check(PlanAnswers.Answer answer) throws SQLException {
        PlanCheck check = answer.check();
        if (answer.refusal() != null) {
            return red(
                    check, "failed", "", "line " + check.line() + ", source: " + answer.refusal());
        }
        List<List<String>> wanted = answer.rows();
        List<List<String>> stands;
        var savepoint = target.connection().setSavepoint();
        try (var statement = target.connection().prepareStatement(check.target());
                var rows = statement.executeQuery()) {
            stands = PlanAnswers.sorted(Results.read(rows, PlanAnswers.MOST));
        } catch (SQLException e) {
            if (Lost.is(e)) {
                throw e;
            }
            target.connection().rollback(savepoint);
            String why = "line " + check.line() + ", target: " + e.getMessage();
            return red(check, shown(wanted), "failed", why);
        }
        boolean passed = wanted.equals(stands);
        var found =
                new Validation(runId, "", check.name(), passed, shown(wanted), shown(stands), null);
        return passed ? found : different(found, wanted, stands);
    }

    private Validation red(PlanCheck check, String source, String target, String why) {
        return new Validation(runId, "", check.name(), false, source, target, why);
    }

    private static String shown(List<List<String>> rows) {
        String text =
                rows.stream().map(row -> String.join(" ", row)).collect(Collectors.joining("; "));
        return text.length() <= SHOWN
                ? text
                : rows.size() + " rows: " + text.substring(0, SHOWN) + "…";
    }

    private static Validation different(
            Validation found, List<List<String>> wanted, List<List<String>> stands) {
        List<List<String>> missing = without(wanted, stands);
        List<List<String>> extra = without(stands, wanted);
        List<Place> places = new ArrayList<>();
        missing.forEach(row -> places.add(new Place("", "", "", "", "", String.join(" ", row))));
        extra.forEach(row -> places.add(new Place("", "", "", "", String.join(" ", row), "")));
        String detail =
                "only in the source: " + shown(missing) + " | only in the target: " + shown(extra);
        return found.with(detail, places);
    }

    /// The first few rows that the others have not.
    private static List<List<String>> without(List<List<String>> rows, List<List<String>> others) {
        var left = new ArrayList<>(rows);
        others.forEach(left::remove);
        return left.subList(0, Math.min(FIRST, left.size()));
    }
}
