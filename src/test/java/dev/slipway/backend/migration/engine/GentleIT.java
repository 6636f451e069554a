package dev.slipway.backend.migration.engine;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.migration.Chunk;
import dev.slipway.api.migration.Pace;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.Waiting;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.plan.Window;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.backend.migration.throttle.Brake;
import dev.slipway.backend.migration.throttle.Brakes;
import dev.slipway.backend.migration.throttle.Ceiling;
import dev.slipway.backend.migration.throttle.Gate;
import dev.slipway.config.Database;
import dev.slipway.testing.MariaDb;
import dev.slipway.testing.TestClock;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// What a run does to the shop that it reads from.
class GentleIT {
    private static final SmallShop SHOP = new SmallShop(600, 11);
    private static final String NIGHTS =
            "window: {zone: Europe/Vienna, open: [{from: \"22:00\", to: \"06:00\"}]}\n";

    /// Summer time, two hours ahead: the window closes at four and opens at twenty o'clock.
    private static final Instant BEFORE_CLOSING = Instant.parse("2026-06-05T03:59:00Z");

    private static final Instant OPENING = Instant.parse("2026-06-05T20:00:00Z");

    @TempDir Path folder;

    @Test
    void aWindowThatClosesStopsItAtAChunksEndAndTheNextOneGoesOn() throws Exception {
        fillSqlite();
        var clock = new TestClock(BEFORE_CLOSING);
        var asked = new AtomicInteger();
        Control closing =
                () -> {
                    if (asked.incrementAndGet() == 5) {
                        clock.forward(Duration.ofMinutes(2));
                    }
                    return Control.Signal.GO;
                };
        MigrationPlan plan = plan(NIGHTS);

        Outcome closed = run(plan, sqlite("legacy"), new Brake(plan.window(), clock), closing);

        assertThat(closed.state()).isEqualTo(RunState.PAUSED);
        Waiting waiting = Objects.requireNonNull(closed.waiting());
        assertThat(waiting.until()).isEqualTo(OPENING);
        assertThat(waiting.reason())
                .isEqualTo("the window is closed (daily 22:00–06:00 Europe/Vienna)");
        assertThat(number("SELECT count(*) FROM slipway_chunk WHERE done = 1")).isEqualTo(5);
        assertThat(number("SELECT sum(rows_read) FROM slipway_chunk WHERE done = 1"))
                .as("whole chunks")
                .isEqualTo(5 * 70);
        assertThat(number("SELECT count(*) FROM buyer"))
                .isEqualTo(number("SELECT sum(rows_written) FROM slipway_chunk"));
        nothingIsHeld();

        clock.forward(Duration.between(clock.instant(), OPENING));
        Outcome opened =
                run(plan, sqlite("legacy"), new Brake(plan.window(), clock), Control.GO_ON);

        assertThat(opened.state()).isEqualTo(RunState.VALIDATED);
        assertThat(opened.runId()).isEqualTo(closed.runId());
        allIsThere();
    }

    @Test
    void whileItsWindowIsClosedItDoesNotEvenBegin() throws Exception {
        fillSqlite();
        MigrationPlan plan = plan(NIGHTS);
        var clock = new TestClock(Instant.parse("2026-06-05T12:00:00Z"));

        Outcome closed =
                run(plan, sqlite("legacy"), new Brake(plan.window(), clock), Control.GO_ON);

        assertThat(Objects.requireNonNull(closed.waiting()).until()).isEqualTo(OPENING);
        try (var target = Targets.open(sqlite("shop"))) {
            assertThat(target.tables()).isEmpty();
        }
    }

    /// Others make a real server's threads work; the run sees it and leaves off.
    @Test
    void aBreachedCeilingPausesItWithinTwoSecondsAndItGoesOnByItself() throws Exception {
        Database source = MariaDb.fresh();
        try (var connection = MariaDb.connect(source)) {
            SHOP.fill(connection);
        }
        MigrationPlan plan = plan("throttle: {threads-running: 8, rows-per-second: 150}\n");
        var seen = new Seen();
        var over = new AtomicBoolean();
        Control control = () -> over.get() ? Control.Signal.PAUSE : Control.Signal.GO;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var busy = new Busy(source);
                var from = Sources.open(source);
                var brake =
                        new Brakes(InstantSource.system(), _ -> source, null)
                                .of(Window.ALWAYS, plan, from)) {
            var outcome = threads.submit(() -> run(plan, source, brake, control, seen));
            try (AutoCloseable _ = () -> over.set(true)) {
                pausedAndGone(busy, seen);
                assertThat(outcome.get().state()).isEqualTo(RunState.VALIDATED);
                assertThat(outcome.get().steps())
                        .allMatch(step -> step.longestReadMillis() > 0)
                        .allMatch(step -> step.longestCheckMillis() > 0);
            }
        }
        allIsThere();
    }

    private void pausedAndGone(Busy busy, Seen seen) throws Exception {
        eventually("some chunks", () -> seen.chunks.size() > 2);
        busy.begin(12);
        long breached = System.nanoTime();
        eventually("it waits", () -> seen.waiting.get() != null);

        assertThat(Duration.ofNanos(System.nanoTime() - breached))
                .isLessThan(Duration.ofSeconds(2));
        assertThat(Objects.requireNonNull(seen.waiting.get()).reason())
                .matches("Threads_running \\d+ is above 8");
        nothingIsHeld();
        assertThat(busy.transactions()).isZero();
        int chunks = seen.chunks.size();
        busy.end();
        eventually("it goes on", () -> seen.waiting.get() == null);
        // the first chunk after the wait may be told before this looks
        assertThat(seen.chunks.size()).isBetween(chunks, chunks + 1);
    }

    @Test
    void whatCanNotBeMeasuredIsNotFine() throws Exception {
        fillSqlite();
        var asked = new AtomicInteger();
        Control impatient =
                () -> asked.incrementAndGet() > 3 ? Control.Signal.PAUSE : Control.Signal.GO;
        try (var brake = new Brake(Window.ALWAYS, InstantSource.system())) {
            brake.watch(
                    new Ceiling("Threads_running", "", 20),
                    () -> {
                        throw new SQLException("connection refused");
                    });
            Outcome outcome = run(plan(""), sqlite("legacy"), brake, impatient);

            assertThat(outcome.state()).isEqualTo(RunState.PAUSED);
            assertThat(Objects.requireNonNull(outcome.waiting()).reason())
                    .startsWith("Threads_running is unknown: ");
            assertThat(outcome.steps()).isEmpty();
        }
    }

    @Test
    void aNewPaceHoldsFromTheNextChunkOn() throws Exception {
        fillSqlite();
        var pace = new AtomicReference<>(Pace.OF_PLAN);
        var asked = new AtomicInteger();
        var seen = new Seen();
        Control control =
                new Control() {
                    @Override
                    public Signal signal() {
                        if (asked.incrementAndGet() == 3) {
                            pace.set(new Pace(0, 10));
                        }
                        return Signal.GO;
                    }

                    @Override
                    public Pace pace() {
                        return pace.get();
                    }
                };

        Outcome outcome = run(plan(""), sqlite("legacy"), Gate.OPEN, control, seen);

        assertThat(outcome.state()).isEqualTo(RunState.VALIDATED);
        List<Long> buyers =
                seen.chunks.stream()
                        .filter(chunk -> chunk.step().equals("buyers"))
                        .map(Chunk::read)
                        .toList();
        assertThat(buyers.subList(0, 2)).containsExactly(70L, 70L);
        assertThat(buyers.subList(2, buyers.size())).hasSize(46).allMatch(read -> read == 10);
        assertThat(seen.chunks.stream().filter(chunk -> chunk.step().equals("sales")))
                .as("ranges that are planned afresh")
                .allMatch(chunk -> chunk.read() <= 20);
        allIsThere();
    }

    /// Several hands that cut chunks at once number their rests differently.
    @Test
    void severalHandsThatCutChunksDoTheSame() throws Exception {
        fillSqlite();
        Database target = dev.slipway.testing.Postgres.fresh();
        MigrationPlan plan =
                PlanReader.read(
                        "small.yaml",
                        SmallShop.plan("postgresql").replace("chunk-rows: 50", "chunk-rows: 300"),
                        folder);
        var asked = new AtomicInteger();
        Control control =
                new Control() {
                    @Override
                    public Signal signal() {
                        return Signal.GO;
                    }

                    @Override
                    public Pace pace() {
                        return asked.incrementAndGet() > 12 ? new Pace(0, 7) : Pace.OF_PLAN;
                    }
                };
        try (var from = Sources.open(sqlite("legacy"));
                var to = Targets.open(target)) {
            Outcome outcome =
                    new Engine(
                                    plan,
                                    from,
                                    to,
                                    Converters.STANDARD,
                                    Listener.NONE,
                                    control,
                                    InstantSource.system(),
                                    new Worker("here"))
                            .hands(3)
                            .run("many");

            assertThat(outcome.reason()).isEmpty();
            StepProgress sales = outcome.steps().get(1);
            assertThat(sales.written()).isEqualTo(SHOP.written);
            assertThat(sales.chunksDone()).isGreaterThan(40);
        }
    }

    private void allIsThere() throws SQLException {
        assertThat(number("SELECT count(*) FROM buyer")).isEqualTo(SHOP.buyers);
        assertThat(number("SELECT count(*) FROM sale")).isEqualTo(SHOP.written);
        assertThat(number("SELECT sum(price) FROM sale")).isEqualTo(SHOP.cents);
    }

    /// No lease, and no transaction in the target: someone else can write at once.
    private void nothingIsHeld() throws SQLException {
        assertThat(number("SELECT count(*) FROM slipway_chunk WHERE done = 0 AND owner <> ''"))
                .isZero();
        try (var connection = DriverManager.getConnection(sqlite("shop").url());
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0");
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("ROLLBACK");
        }
    }

    private void fillSqlite() throws Exception {
        try (var connection = DriverManager.getConnection(sqlite("legacy").url())) {
            SHOP.fill(connection);
        }
    }

    private Database sqlite(String name) {
        return new Database("jdbc:sqlite:" + folder.resolve(name + ".db"), "", "");
    }

    private MigrationPlan plan(String gentle) {
        return PlanReader.read("small.yaml", gentle + SmallShop.plan("sqlite"), folder);
    }

    private Outcome run(MigrationPlan plan, Database source, Gate gate, Control control)
            throws Exception {
        return run(plan, source, gate, control, Listener.NONE);
    }

    private Outcome run(
            MigrationPlan plan, Database source, Gate gate, Control control, Listener listener)
            throws Exception {
        try (var from = Sources.open(source);
                var to = Targets.open(sqlite("shop"))) {
            return new Engine(
                            plan,
                            from,
                            to,
                            Converters.STANDARD,
                            listener,
                            control,
                            InstantSource.system(),
                            new Worker("here"))
                    .gently(gate)
                    .run("run-of-" + plan.name());
        }
    }

    private long number(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(sqlite("shop").url());
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private static final class Seen implements Listener {
        final List<Chunk> chunks = new CopyOnWriteArrayList<>();
        final AtomicReference<@Nullable Waiting> waiting = new AtomicReference<>();

        @Override
        public void chunk(Chunk chunk) {
            chunks.add(chunk);
        }

        /// The first figures are awaited as well: that is no breach.
        @Override
        public void waiting(@Nullable Waiting why) {
            waiting.set(why != null && why.reason().contains("unknown") ? null : why);
        }
    }

    /// Connections whose server threads are busy.
    private static final class Busy implements AutoCloseable {
        private final Connection control;
        private final List<Connection> connections = new ArrayList<>();
        private final Database database;

        Busy(Database database) throws SQLException {
            this.database = database;
            this.control = MariaDb.connect(database);
        }

        /// Returns when the server says that so many are at work.
        void begin(int count) throws SQLException {
            for (int i = 0; i < count; i++) {
                Connection connection = MariaDb.connect(database);
                connections.add(connection);
                Thread.ofVirtual().start(() -> sleep(connection));
            }
            eventually("the server's threads work", () -> sleeping() == count);
        }

        private static void sleep(Connection connection) {
            try (var statement = connection.createStatement()) {
                statement.execute("SELECT SLEEP(600)");
            } catch (SQLException e) {
                // killed
            }
        }

        private long sleeping() {
            return ask(
                    "SELECT count(*) FROM information_schema.processlist"
                            + " WHERE info = 'SELECT SLEEP(600)'");
        }

        long transactions() {
            return ask("SELECT count(*) FROM information_schema.innodb_trx");
        }

        private long ask(String sql) {
            try (var statement = control.createStatement();
                    var row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        void end() throws SQLException {
            List<Long> ids = new ArrayList<>();
            try (var statement = control.createStatement();
                    var row =
                            statement.executeQuery(
                                    "SELECT id FROM information_schema.processlist"
                                            + " WHERE info = 'SELECT SLEEP(600)'")) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                }
            }
            try (var statement = control.createStatement()) {
                for (long id : ids) {
                    statement.execute("KILL CONNECTION " + id);
                }
            }
        }

        @Override
        public void close() throws SQLException {
            end();
            for (Connection connection : connections) {
                connection.close();
            }
            control.close();
        }
    }
}
