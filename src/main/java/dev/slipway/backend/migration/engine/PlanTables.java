package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.LedgerRun;
import dev.slipway.backend.migration.ledger.RunPlans;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.Step;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.config.BadFile;
import dev.slipway.config.Problems;
import dev.slipway.config.Section;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The tables that a plan fills, as they stand in its target.
public final class PlanTables {
    private final MigrationPlan plan;
    private final Target target;
    private final Ledger ledger;

    public PlanTables(MigrationPlan plan, Target target, Ledger ledger) {
        this.plan = plan;
        this.target = target;
        this.ledger = ledger;
    }

    /// Whether they are there.
    boolean stand() throws SQLException {
        return !plan.steps().isEmpty()
                && target.table(plan.steps().getFirst().target()).isPresent();
    }

    /// Whether nothing stands any more of what a run wrote: every table that it or this plan fills
    /// is empty or gone, and no one is at work on it.
    public boolean emptied(LedgerRun run) throws SQLException {
        Optional<Set<String>> filled = filledBy(run);
        return filled.isPresent() && holding(filled.get()).isEmpty() && !ledger.atWork(run.id());
    }

    /// The tables of this plan and of the one that a run went by; empty if that is not known.
    private Optional<Set<String>> filledBy(LedgerRun run) throws SQLException {
        Set<String> names = names();
        if (!run.hash().equals(plan.hash())) {
            @Nullable String yaml = new RunPlans(ledger).text(run.id());
            if (yaml == null) {
                return Optional.empty();
            }
            names.addAll(targets(yaml));
        }
        return Optional.of(names);
    }

    private Set<String> names() {
        return plan.steps().stream()
                .map(Step::target)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// What a plan that may be wrong by now fills.
    private static List<String> targets(String yaml) {
        List<String> targets = new ArrayList<>();
        try (Section root = Section.parse("the former plan", yaml, new Problems())) {
            for (Section step : root.sections("steps")) {
                targets.add(step.text("target", ""));
            }
        } catch (BadFile e) {
            return List.of();
        }
        return targets;
    }

    private List<String> holding(Set<String> names) throws SQLException {
        List<String> holding = new ArrayList<>();
        for (String name : names) {
            if (target.table(name).isPresent() && holds(name)) {
                holding.add(name);
            }
        }
        return holding;
    }

    boolean holds(String table) throws SQLException {
        String sql = "SELECT 1 FROM " + target.quote(table) + " LIMIT 1";
        try (var statement = target.connection().createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next();
        }
    }

    /// What someone does who wants a run to begin anew, with the tables that hold rows. Ends
    /// without a full stop.
    String toEmpty() throws SQLException {
        List<String> quoted = names().stream().map(target::quote).toList();
        String how =
                target.dialect().equals("sqlite")
                        ? quoted.stream()
                                .map(t -> "DELETE FROM " + t)
                                .collect(Collectors.joining("; "))
                        : "TRUNCATE " + String.join(", ", quoted);
        return "Rows stand in %s. To begin anew empty the plan's tables (%s) or drop all of them, and start again: the ledger then forgets that run by itself"
                .formatted(String.join(", ", holding(names())), how);
    }
}
