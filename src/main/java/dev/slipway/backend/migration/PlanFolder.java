package dev.slipway.backend.migration;

import dev.slipway.api.migration.Plan;
import dev.slipway.api.migration.PlanProblem;
import dev.slipway.api.migration.RunState;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.engine.PlanTables;
import dev.slipway.backend.migration.engine.Preparation;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.LedgerRun;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.plan.Step;
import dev.slipway.backend.migration.plan.Understood;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.config.BadFile;
import dev.slipway.config.Database;
import dev.slipway.config.Nearest;
import dev.slipway.config.Problem;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The plans in the backend's folder: each file `*.yaml` is one, named by its file.
public final class PlanFolder {
    private static final String ENDING = ".yaml";
    private final MigrationSettings settings;

    public PlanFolder(MigrationSettings settings) {
        this.settings = settings;
    }

    /// How many chunks a run may have in work at once.
    int hands() {
        return settings.hands();
    }

    /// The names of all plans.
    public List<String> names() {
        if (!Files.isDirectory(settings.plans())) {
            return List.of();
        }
        try (var files = Files.list(settings.plans())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(ENDING))
                    .map(file -> file.substring(0, file.length() - ENDING.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the folder " + settings.plans(), e);
        }
    }

    /// The text of a plan.
    public Optional<String> yaml(String name) {
        if (!names().contains(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(settings.plans().resolve(name + ENDING)));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the plan " + name, e);
        }
    }

    /// Reads a plan's text.
    ///
    /// @throws BadFile naming everything that is wrong in it
    public MigrationPlan read(String name, String yaml) {
        return PlanReader.read(name + ENDING, yaml, settings.plans());
    }

    /// Every plan, held against its databases.
    public List<Plan> all() {
        List<Plan> all = new ArrayList<>();
        for (String name : names()) {
            yaml(name).ifPresent(yaml -> all.add(checked(name, yaml)));
        }
        return all;
    }

    /// A plan with everything that is wrong with it, held against both its databases.
    public Plan checked(String name, String yaml) {
        Understood understood;
        try {
            understood = PlanReader.understand(name + ENDING, yaml, settings.plans());
        } catch (BadFile e) {
            return new Plan(name, "", "", "", List.of(), yaml, problems(e.problems()), null);
        }
        MigrationPlan plan = understood.plan();
        Checked checked = check(understood);
        return new Plan(
                name,
                plan.description(),
                url(plan.source()),
                url(plan.target()),
                plan.steps().stream().map(Step::name).toList(),
                yaml,
                checked.problems(),
                checked.validatedRun());
    }

    private record Checked(List<PlanProblem> problems, @Nullable String validatedRun) {}

    private String url(String database) {
        return settings.database(database).map(Database::url).orElse("");
    }

    private Checked check(Understood understood) {
        MigrationPlan plan = understood.plan();
        List<PlanProblem> problems = new ArrayList<>(databases(plan));
        if (!problems.isEmpty()) {
            problems.addAll(problems(understood.problems().all()));
            return new Checked(problems, null);
        }
        try (var source = Sources.open(database(plan.source()));
                var target = Targets.reading(database(plan.target()))) {
            var preparation = new Preparation(plan, source, target, Converters.STANDARD);
            problems.addAll(problems(understood.with(preparation.check(false).all())));
            return new Checked(problems, validated(plan, target));
        } catch (SQLException e) {
            problems.add(new PlanProblem(0, 1, "a database does not answer: " + e.getMessage()));
            problems.addAll(problems(understood.problems().all()));
        }
        return new Checked(problems, null);
    }

    /// The engine would refuse to begin another run beside this one.
    private static @Nullable String validated(MigrationPlan plan, Target target)
            throws SQLException {
        var ledger = new Ledger(target, InstantSource.system());
        if (!ledger.exists()) {
            return null;
        }
        ledger.upgrade();
        LedgerRun latest = ledger.latest(plan.name()).orElse(null);
        return latest == null
                        || latest.state() != RunState.VALIDATED
                        || new PlanTables(plan, target, ledger).emptied(latest)
                ? null
                : latest.id();
    }

    private List<PlanProblem> databases(MigrationPlan plan) {
        List<PlanProblem> problems = new ArrayList<>();
        for (String name : List.of(plan.source(), plan.target())) {
            if (settings.database(name).isEmpty()) {
                String hint = Nearest.hint(name, settings.databases().keySet());
                problems.add(
                        new PlanProblem(
                                1,
                                1,
                                "there is no database '" + name + "' in the configuration" + hint));
            }
        }
        return problems;
    }

    /// A database that a plan names.
    ///
    /// @throws BadFile if the configuration has none of that name
    public Database database(String name) {
        return settings.database(name)
                .orElseThrow(
                        () ->
                                new BadFile(
                                        "the configuration",
                                        List.of(
                                                new Problem(
                                                        0,
                                                        0,
                                                        "there is no database '" + name + "'"))));
    }

    static List<PlanProblem> problems(List<Problem> problems) {
        return problems.stream()
                .map(p -> new PlanProblem(p.line(), Math.max(1, p.column()), p.message()))
                .toList();
    }

    /// A replica by its name in the configuration, or by its address; then it is asked by the user
    /// of the source.
    Database replica(MigrationPlan plan, String name) {
        Database source = database(plan.source());
        return name.startsWith("jdbc:")
                ? new Database(name, source.user(), source.password())
                : database(name);
    }
}
