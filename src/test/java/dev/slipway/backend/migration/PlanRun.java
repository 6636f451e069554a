package dev.slipway.backend.migration;

import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.engine.Control;
import dev.slipway.backend.migration.engine.Engine;
import dev.slipway.backend.migration.engine.Listener;
import dev.slipway.backend.migration.engine.Outcome;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.config.Database;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.UUID;

/// Runs a plan of the test's resources between two databases, and asks them by plain SQL.
final class PlanRun {
    private PlanRun() {}

    static Outcome run(String plan, Database source, Database target) throws Exception {
        return run(PlanReader.read(file(plan)), source, target, Converters.STANDARD);
    }

    static Outcome run(MigrationPlan plan, Database source, Database target, Converters converters)
            throws Exception {
        try (var from = Sources.open(source);
                var to = Targets.open(target)) {
            return new Engine(
                            plan,
                            from,
                            to,
                            converters,
                            Listener.NONE,
                            Control.GO_ON,
                            InstantSource.system(),
                            new Worker("here"))
                    .run(UUID.randomUUID().toString());
        }
    }

    /// A file of `/plans`.
    static Path file(String name) throws Exception {
        return Path.of(
                Objects.requireNonNull(PlanRun.class.getResource("/plans/" + name), name).toURI());
    }

    static String text(String name) throws Exception {
        try (var in = PlanRun.class.getResourceAsStream("/plans/" + name)) {
            byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /// What a query yields: the cells of a row apart by `|`, the rows by `; `.
    static String ask(Connection connection, String sql) throws SQLException {
        var rows = new StringJoiner("; ");
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            int width = row.getMetaData().getColumnCount();
            while (row.next()) {
                var cells = new StringJoiner("|");
                for (int i = 1; i <= width; i++) {
                    cells.add(String.valueOf(row.getString(i)));
                }
                rows.add(cells.toString());
            }
        }
        return rows.toString();
    }
}
