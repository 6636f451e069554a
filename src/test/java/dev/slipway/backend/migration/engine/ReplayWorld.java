package dev.slipway.backend.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.ledger.Decisions;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.QuarantineFilter;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.backend.migration.throttle.Gate;
import dev.slipway.config.Database;
import dev.slipway.testing.MariaDb;
import dev.slipway.testing.Postgres;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// [ReplayShop] in a source, and a target that it is migrated to; what is decided there and
/// replayed, and what is counted of it afterwards by SQL.
final class ReplayWorld {
    static final String BY = "olga";
    static final String RUN = "run-1";

    private final Path folder;
    private final Database source;
    private final Database target;
    private final boolean sqlite;

    /// How far each batch of the replays came.
    final List<Long> batches = new CopyOnWriteArrayList<>();

    private ReplayWorld(Path folder, Database source, Database target, boolean sqlite) {
        this.folder = folder;
        this.source = source;
        this.target = target;
        this.sqlite = sqlite;
    }

    /// @param from the source's engine
    /// @param to the target's engine
    static ReplayWorld fresh(Path folder, String from, String to) throws Exception {
        boolean sqlite = to.equals("sqlite");
        var world =
                new ReplayWorld(
                        folder,
                        from.equals("sqlite") ? file(folder.resolve("legacy.db")) : MariaDb.fresh(),
                        sqlite ? file(folder.resolve("shop.db")) : Postgres.fresh(),
                        sqlite);
        try (var connection = connect(world.source)) {
            ReplayShop.fill(connection);
        }
        return world;
    }

    /// In every chunk, in the quarantine beside them, and in the tables themselves.
    void conserved() throws SQLException {
        assertThat(
                        number(
                                "SELECT count(*) FROM "
                                        + ledger("chunk")
                                        + " WHERE rows_read <> rows_written + rows_merged"
                                        + " + rows_quarantined + rows_skipped"))
                .isZero();
        assertThat(
                        number(
                                "SELECT count(*) FROM "
                                        + ledger("chunk")
                                        + " c WHERE rows_quarantined <> (SELECT count(*) FROM "
                                        + ledger("quarantine")
                                        + " q WHERE q.step = c.step AND q.chunk = c.number"
                                        + " AND q.state <> 'RESOLVED')"))
                .isZero();
        for (String step : List.of("town", "owner", "sale")) {
            assertThat(number("SELECT count(*) FROM " + step))
                    .isEqualTo(
                            number(
                                    "SELECT sum(rows_written) FROM "
                                            + ledger("chunk")
                                            + " WHERE step = '"
                                            + step
                                            + "s'"));
        }
    }

    String everything() throws SQLException {
        var all = new StringBuilder();
        List<String> tables = new ArrayList<>(List.of("town", "owner", "sale"));
        for (String table :
                List.of("run", "chunk", "quarantine", "match_key", "validation", "step")) {
            tables.add(ledger(table));
        }
        try (var connection = connect(target);
                var statement = connection.createStatement()) {
            for (String table : tables) {
                List<String> rows = new ArrayList<>();
                try (var row = statement.executeQuery("SELECT * FROM " + table)) {
                    int width = row.getMetaData().getColumnCount();
                    while (row.next()) {
                        var text = new StringBuilder();
                        for (int i = 1; i <= width; i++) {
                            text.append(row.getString(i)).append('|');
                        }
                        rows.add(text.toString());
                    }
                }
                all.append(table).append(rows.stream().sorted().toList());
            }
        }
        return all.toString();
    }

    long correct(String step, @Nullable String key, String column, @Nullable String was, String now)
            throws Exception {
        return decide(
                d -> {
                    var correction = new Decisions.Correction(step, key, column, was, now);
                    return d.correct(RUN, correction, BY);
                });
    }

    interface Decision {
        long in(Decisions decisions) throws Exception;
    }

    long decide(Decision decision) throws Exception {
        try (var opened = Targets.open(target)) {
            var ledger = new Ledger(opened, InstantSource.system());
            ledger.prepare();
            long rows = decision.in(new Decisions(ledger));
            ledger.commit();
            return rows;
        }
    }

    ReplayOutcome replay(String yaml, QuarantineFilter which) throws Exception {
        return replay(yaml, which, Gate.OPEN, Control.GO_ON, Listener.NONE);
    }

    ReplayOutcome replay(
            String yaml, QuarantineFilter which, Gate gate, Control control, Listener listener)
            throws Exception {
        var plan = PlanReader.read("replay.yaml", yaml, folder);
        try (var opened = Sources.open(source);
                var into = Targets.open(target)) {
            return new Replay(
                            plan,
                            opened,
                            into,
                            Converters.STANDARD,
                            control,
                            InstantSource.system())
                    .gently(gate)
                    .listener(listener)
                    .progress(far -> batches.add(far.tried()))
                    .run("", which, BY, text -> PlanReader.read("replay.yaml", text, folder));
        }
    }

    Outcome engine(String yaml) throws Exception {
        var plan = PlanReader.read("replay.yaml", yaml, folder);
        try (var opened = Sources.open(source);
                var into = Targets.open(target)) {
            return new Engine(
                            plan,
                            opened,
                            into,
                            Converters.STANDARD,
                            Listener.NONE,
                            Control.GO_ON,
                            InstantSource.system(),
                            new Worker("here"))
                    .run(RUN);
        }
    }

    long sales() throws SQLException {
        return number("SELECT count(*) FROM sale");
    }

    long open(String condition) throws SQLException {
        return number(
                "SELECT count(*) FROM "
                        + ledger("quarantine")
                        + " WHERE step = 'sales' AND "
                        + condition);
    }

    String ledger(String table) {
        return sqlite ? "slipway_" + table : "slipway_ledger." + table;
    }

    private static Database file(Path file) {
        return new Database("jdbc:sqlite:" + file, "", "");
    }

    private static Connection connect(Database database) throws SQLException {
        if (database.url().startsWith("jdbc:sqlite:")) {
            return DriverManager.getConnection(database.url());
        }
        return database.url().startsWith("jdbc:mariadb:")
                ? MariaDb.connect(database)
                : Postgres.connect(database);
    }

    long number(String sql) throws SQLException {
        try (var connection = connect(target);
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    void changeSource(String sql) throws SQLException {
        change(source, sql);
    }

    void changeTarget(String sql) throws SQLException {
        change(target, sql);
    }

    private static void change(Database database, String sql) throws SQLException {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
