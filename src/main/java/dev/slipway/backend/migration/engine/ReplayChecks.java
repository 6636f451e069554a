package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.Replays;
import dev.slipway.backend.migration.ledger.StepTotals;
import dev.slipway.backend.migration.ledger.Validations;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.validation.StepView;
import dev.slipway.backend.migration.validation.Validator;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Checks again what a replay touched: every step whose checks no longer hold, and the whole.
final class ReplayChecks {
    private final String runId;
    private final Map<String, PreparedStep> steps;
    private final Hand hand;
    private final Ledger ledger;
    private final Replays replays;
    private final Listener listener;
    private final Validator validator;

    /// @param hand reads from the source when it may
    ReplayChecks(
            String runId,
            MigrationPlan plan,
            Map<String, PreparedStep> steps,
            Hand hand,
            Listener listener) {
        this.runId = runId;
        this.steps = steps;
        this.hand = hand;
        this.ledger = hand.ledger;
        this.replays = new Replays(ledger);
        this.listener = listener;
        var views = new LinkedHashMap<String, StepView>();
        steps.forEach((name, step) -> views.put(name, step.view()));
        this.validator =
                new Validator(
                        runId,
                        plan,
                        hand.source,
                        hand.target,
                        ledger,
                        hand.chunks,
                        views,
                        new CellDiagnosis(runId, hand, steps));
    }

    /// @throws NotNow if nothing may be read any more
    void all() throws SQLException {
        for (PreparedStep step : steps.values()) {
            check(step.step().name(), () -> validator.step(step.view()));
        }
        check("", validator::whole);
    }

    private interface Check {
        List<Validation> run() throws SQLException;
    }

    /// Checks something, unless that was done since its rows changed last. Another replay may come
    /// between that and the note of it: then it is checked again.
    private void check(String name, Check check) throws SQLException {
        while (true) {
            replays.hold(runId);
            if (new Validations(ledger).of(runId).stream().anyMatch(v -> v.step().equals(name))) {
                ledger.commit();
                return;
            }
            List<StepTotals> before = totals();
            List<Validation> found = check.run();
            replays.hold(runId);
            if (totals().equals(before)) {
                note(found);
                return;
            }
            ledger.commit();
        }
    }

    private List<StepTotals> totals() throws SQLException {
        List<StepTotals> totals = new ArrayList<>();
        for (String name : steps.keySet()) {
            totals.add(hand.chunks.totals(runId, name));
        }
        return totals;
    }

    /// Keeps what was found, in the order of the steps.
    private void note(List<Validation> found) throws SQLException {
        List<String> order = new ArrayList<>(steps.keySet());
        order.add("");
        List<Validation> all = new ArrayList<>(new Validations(ledger).of(runId));
        all.addAll(found);
        all.sort(Comparator.comparingInt(v -> order.indexOf(v.step())));
        new Validations(ledger).keep(0, all);
        ledger.commit();
        found.forEach(listener::validation);
    }
}
