package dev.slipway.backend.migration.sync;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.source.Position;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.config.Database;
import dev.slipway.testing.Engines;
import dev.slipway.testing.KillableMariaDb;
import dev.slipway.testing.Kills;
import dev.slipway.testing.MariaDb;
import dev.slipway.testing.VanishingLine;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The binlog of a real MariaDB, into PostgreSQL.
class MariaDbSyncIT extends SyncSuite {
    MariaDbSyncIT() {
        super(Engines.MARIADB, Engines.POSTGRES);
    }

    /// The binlog's times are whole seconds; its order counts.
    @Test
    void tenChangesInOneTimestampAreAppliedInTheirOrder() throws Exception {
        copy(target);
        try (var connection = MariaDb.connect(source);
                var statement = connection.createStatement()) {
            statement.execute("SET timestamp = 1795000000");
            statement.execute("DELETE FROM orders WHERE id = 2");
            statement.execute(
                    "INSERT INTO orders SELECT 2, mail, buyer, phone, vendor, country, '1,11',"
                            + " 'open', note, day FROM orders WHERE id = 4");
            for (int i = 1; i <= 5; i++) {
                statement.execute("UPDATE orders SET price = '" + i + ",50' WHERE id = 2");
            }
            statement.execute("FLUSH BINARY LOGS");
            statement.execute("UPDATE orders SET id = 1000003 WHERE id = 2");
            statement.execute("UPDATE orders SET mail = 'ten@shop.example' WHERE id = 1000003");
            statement.execute("DELETE FROM orders WHERE id = 6");
        }
        sync();

        assertThat(rows(target, "SELECT count(*) FROM purchase WHERE id IN (2, 6)"))
                .containsExactly("0");
        assertThat(rows(target, "SELECT spent FROM buyer WHERE mail = 'ten@shop.example'"))
                .containsExactly("550");
        assertEqualToAnUndisturbedMigration();
    }

    /// The server answers for a file that it has purged as for one that it never had.
    @Test
    void aPurgedBinlogIsAHardStopAndAnewIsTheWayOut() throws Exception {
        copy(target);
        execute(
                target,
                "UPDATE slipway_ledger.run SET source_position ="
                        + " '{\"file\":\"binlog.000000\",\"offset\":4,\"gtid\":\"\",\"unknown\":\"\"}'");
        shop.change(30);

        assertThatThrownBy(this::sync)
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("no longer reaches back to binlog.000000:4")
                .hasMessageContaining("--anew");

        anew();
        assertEqualToAnUndisturbedMigration();
    }

    @Test
    void anAlteredColumnIsAHardStopAndAnewIsTheWayOut() throws Exception {
        copy(target);
        sync();
        atSource(
                "ALTER TABLE orders MODIFY note VARCHAR(200)",
                "UPDATE orders SET note = 'later' WHERE id < 20");

        assertThatThrownBy(this::sync)
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("'orders' was altered")
                .hasMessageContaining("--anew");
        assertThat(rows(target, "SELECT count(*) FROM purchase WHERE note = 'later'"))
                .containsExactly("0");

        anew();
        assertEqualToAnUndisturbedMigration();
    }

    /// Also if it mentions one that is read.
    @Test
    void aTableThatNoStepReadsMayBecomeWhatItWill() throws Exception {
        copy(target);
        atSource(
                "CREATE TABLE visits (id INT PRIMARY KEY, order_id INT) COMMENT 'of orders'",
                "ALTER TABLE visits ADD COLUMN first INT FIRST, COMMENT = 'of orders, vendors'",
                "/* words */ ALTER TABLE visits ADD FOREIGN KEY (order_id) REFERENCES orders (id)",
                "RENAME TABLE visits TO calls",
                "DROP TABLE calls",
                "UPDATE orders SET note = 'later' WHERE id < 20");

        sync();

        assertEqualToAnUndisturbedMigration();
    }

    /// The rows before and after it are told by images of another width.
    @Test
    void furtherColumnsAndIndexesOfAMappedTableDoNotStopIt() throws Exception {
        copy(target);
        shop.change(60);
        atSource(
                "ALTER TABLE orders ADD COLUMN later DECIMAL(10,2) NOT NULL DEFAULT 1,"
                        + " ADD INDEX mails (mail), COMMENT 'after this, first'",
                "UPDATE orders SET mail = 'wide@shop.example' WHERE id BETWEEN 10 AND 40",
                "DELETE FROM orders WHERE id BETWEEN 41 AND 50");
        sync();
        assertThat(rows(target, "SELECT count(*) FROM buyer WHERE mail = 'wide@shop.example'"))
                .containsExactly("1");
        atSource(
                "ALTER TABLE orders ADD latest VARCHAR(10), DROP INDEX mails",
                "UPDATE orders SET id = 1000005 WHERE id = 12");
        sync();

        assertEqualToAnUndisturbedMigration();
    }

    @Test
    void itSurvivesTheRestartOfItsSource() throws Exception {
        try (var own = KillableMariaDb.start(folder)) {
            source = own.database();
            var before = MariaDb.connect(source);
            var filled = new ChangingShop(before, 300, Kills.random(getClass()));
            filled.fill();
            copy(target);
            try (var syncing = new Syncing()) {
                filled.change(100);
                syncing.await("it is up to date", SyncStatus.Phase.CURRENT);
                int known = syncing.told.size();
                own.killAndStartAgain();
                syncing.await("it says that the source is away", SyncStatus.Phase.CUT_OFF, known);
                try (var after = MariaDb.connect(source)) {
                    after.setAutoCommit(false);
                    new ChangingShop(after, 300, Kills.random(getClass())).change(200);
                }
                syncing.await("it goes on", SyncStatus.Phase.CURRENT);
            }
            sync();
            assertEqualToAnUndisturbedMigration();
        }
    }

    @Test
    void itSurvivesThatTheTargetEndsItsConnection() throws Exception {
        copy(target);
        try (var syncing = new Syncing()) {
            for (int i = 0; i < 3; i++) {
                shop.change(150);
                syncing.await("it is up to date", SyncStatus.Phase.CURRENT);
                shop.change(150);
                rows(
                        target,
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
                                + " current_database() AND pid <> pg_backend_pid()");
                syncing.await("it says that it was cut off", SyncStatus.Phase.CUT_OFF);
            }
        }
        sync();
        assertEqualToAnUndisturbedMigration();
    }

    @Test
    void itNoticesThatTheHostOfItsSourceHasVanished() throws Exception {
        vanishes(VanishingLine::vanish, Duration.ofSeconds(5));
    }

    /// The source still answers questions; only its log is silent, which looks like a quiet shop.
    @Test
    void itNoticesThatOnlyTheLineToTheBinlogIsDead() throws Exception {
        vanishes(VanishingLine::vanishLast, Duration.ofSeconds(60));
    }

    private void vanishes(Consumer<VanishingLine> how, Duration answer) throws Exception {
        copy(target);
        Database direct = source;
        var address = URI.create(direct.url().substring("jdbc:".length()));
        try (var line = new VanishingLine(address.getPort())) {
            String url = direct.url().replace(":" + address.getPort(), ":" + line.port());
            source = new Database(url, direct.user(), direct.password());
            try (var syncing = new Syncing(answer)) {
                shop.change(100);
                syncing.await("it is up to date", SyncStatus.Phase.CURRENT);
                int known = syncing.told.size();
                how.accept(line);
                shop.change(100);
                syncing.await("it says that the source is away", SyncStatus.Phase.CUT_OFF, known);
                syncing.await("it goes on", SyncStatus.Phase.CURRENT);
            }
        } finally {
            source = direct;
        }
        sync();
        assertEqualToAnUndisturbedMigration();
    }

    /// The client's thread waits for room in the queue, and whoever closes it waits for the client.
    @Test
    void itsLogCanBeClosedWhileThereIsMoreThanItHasRoomFor() throws Exception {
        try (var from = Sources.open(source);
                var connection = MariaDb.connect(source);
                var statement = connection.createStatement()) {
            Position position = from.position();
            for (int i = 0; i < 8_000; i++) {
                statement.execute("UPDATE orders SET price = '" + i + ",50' WHERE id = 2");
            }
            var tables = new TrackedTables(from, Map.of("orders", Set.of("id")));
            var log = BinlogLog.open(source, position, tables, Duration.ofSeconds(5));
            eventually("full", () -> known(log) == 20_000);

            assertTimeoutPreemptively(Duration.ofMinutes(1), log::close);
        }
    }

    private static long known(ChangeLog log) {
        try {
            return log.next(0, Position.unknown("all of it")).waiting();
        } catch (SQLException | Stopped e) {
            throw new AssertionError(e);
        }
    }

    /// A sync at work beside the test, which must end well.
    private final class Syncing implements AutoCloseable {
        private final List<SyncStatus> told = new CopyOnWriteArrayList<>();
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final Sync sync =
                new Sync(plan(), source, target, told::add, InstantSource.system());
        private final Future<Boolean> end;

        Syncing() {
            this(Duration.ofMinutes(5));
        }

        /// @param answer how long a database may take to answer
        Syncing(Duration answer) {
            end = thread.submit(sync.answeredWithin(answer)::run);
        }

        /// Waits for the next news that it is so.
        void await(String what, SyncStatus.Phase phase) {
            await(what, phase, told.size());
        }

        /// @param known news before that do not count
        void await(String what, SyncStatus.Phase phase, int known) {
            eventually(
                    what,
                    () ->
                            end.isDone()
                                    || told.subList(known, told.size()).stream()
                                            .anyMatch(status -> status.phase() == phase));
            assertThat(end).as(told.toString()).isNotDone();
        }

        @Override
        public void close() throws Exception {
            sync.end();
            assertThat(end.get(1, TimeUnit.MINUTES)).as(told.toString()).isTrue();
            thread.shutdown();
        }
    }

    private void atSource(String... statements) throws SQLException {
        try (var connection = MariaDb.connect(source);
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void aBinlogOfStatementsIsRefused() throws Exception {
        copy(target);
        try (var connection = MariaDb.connect(source);
                var statement = connection.createStatement()) {
            statement.execute("SET GLOBAL binlog_format = 'MIXED'");
            try {
                assertThatThrownBy(this::sync)
                        .isInstanceOf(Stopped.class)
                        .hasMessageContaining("binlog_format is 'MIXED'")
                        .hasMessageContaining("SET GLOBAL binlog_format = 'ROW'");
            } finally {
                statement.execute("SET GLOBAL binlog_format = 'ROW'");
            }
        }
    }

    /// The setting takes at once, also for a sync at work: nothing after it may be passed over.
    @Test
    void compressedEventsAreAHardStopAndAnewIsTheWayOut() throws Exception {
        copy(target);
        sync();
        atSource(
                "SET GLOBAL log_bin_compress_min_len = 10",
                "SET GLOBAL log_bin_compress = ON",
                "UPDATE orders SET note = repeat('n', 90) WHERE id < 40",
                "SET GLOBAL log_bin_compress = OFF",
                "SET GLOBAL log_bin_compress_min_len = 256",
                "UPDATE orders SET note = 'after' WHERE id BETWEEN 50 AND 60");

        assertThatThrownBy(this::sync)
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("SET GLOBAL log_bin_compress = OFF")
                .hasMessageContaining("--anew");
        assertThatThrownBy(this::sync).as("it does not go past it").isInstanceOf(Stopped.class);
        assertThat(rows(target, "SELECT count(*) FROM purchase WHERE note = 'after'"))
                .containsExactly("0");

        anew();
        assertEqualToAnUndisturbedMigration();
    }

    /// A replica must confirm it first: it is in the log, and told to everyone who reads that, for
    /// seconds before it can be read.
    @Test
    void aChangeThatIsInTheLogBeforeItCanBeReadIsNotLost() throws Exception {
        copy(target);
        try (var threads = Executors.newSingleThreadExecutor();
                var syncing = new Syncing()) {
            syncing.await("it is up to date", SyncStatus.Phase.CURRENT);
            atSource(
                    "SET GLOBAL rpl_semi_sync_master_timeout = 3600000",
                    "SET GLOBAL rpl_semi_sync_master_wait_point = 'AFTER_SYNC'",
                    "SET GLOBAL rpl_semi_sync_master_enabled = ON");
            Future<?> held;
            try {
                long end = logEnd();
                held =
                        threads.submit(
                                () -> {
                                    atSource(
                                            "UPDATE orders SET mail = 'held@shop.example' WHERE id"
                                                    + " BETWEEN 10 AND 20");
                                    return 0;
                                });
                eventually("it is in the log", () -> logEnd() > end);
                // longer than a sync needs that takes what the log tells
                syncing.await("it looks again", SyncStatus.Phase.CURRENT);
                syncing.await("and again", SyncStatus.Phase.CURRENT);
                assertThat(held).isNotDone();
            } finally {
                atSource("SET GLOBAL rpl_semi_sync_master_enabled = OFF");
            }
            held.get(1, TimeUnit.MINUTES);
            eventually("it is brought over", () -> buyers("held").equals("1"));
        }
        sync();
        assertEqualToAnUndisturbedMigration();
    }

    private long logEnd() {
        try (var connection = MariaDb.connect(source);
                var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW MASTER STATUS")) {
            row.next();
            return row.getLong(2);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /// The log groups what they commit.
    @Test
    void whatManyCommitAtOnceIsAllBroughtOver() throws Exception {
        int many = 12;
        copy(target);
        try (var threads = Executors.newFixedThreadPool(many);
                var syncing = new Syncing()) {
            syncing.await("it is up to date", SyncStatus.Phase.CURRENT);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                int own = i;
                all.add(
                        threads.submit(
                                () -> {
                                    update(own, many);
                                    return 0;
                                }));
            }
            for (Future<?> each : all) {
                each.get(1, TimeUnit.MINUTES);
            }
        }
        sync();
        assertEqualToAnUndisturbedMigration();
    }

    private void update(int own, int many) throws SQLException {
        try (var connection = MariaDb.connect(source);
                var statement = connection.createStatement()) {
            for (int i = 0; i < 100; i++) {
                statement.execute(
                        "UPDATE order_lines SET pieces = '%d' WHERE id = %d"
                                .formatted(1 + i, 2 * (1 + own + many * (i % 10))));
            }
        }
    }

    /// Its rows are named when it is prepared, and seen when it is committed.
    @Test
    void aTransactionInTwoPhasesIsAppliedOnceItIsCommitted() throws Exception {
        copy(target);
        atSource(
                "XA START 'one'",
                "UPDATE orders SET mail = 'one@shop.example' WHERE id BETWEEN 10 AND 20",
                "XA END 'one'",
                "XA PREPARE 'one'");
        atSource(
                "XA START 'two'",
                "UPDATE orders SET mail = 'two@shop.example' WHERE id BETWEEN 30 AND 40",
                "XA END 'two'",
                "XA COMMIT 'two' ONE PHASE");
        try (var syncing = new Syncing()) {
            syncing.await("it is up to date", SyncStatus.Phase.CURRENT);
            assertThat(buyers("one")).isEqualTo("0");
            atSource("XA COMMIT 'one'");
            eventually("it is brought over", () -> buyers("one").equals("1"));
        }
        sync();
        assertThat(buyers("two")).isEqualTo("1");
        assertEqualToAnUndisturbedMigration();
    }

    @Test
    void aSyncThatSawNothingBeingPreparedReadsAllAgainOnceItIsCommitted() throws Exception {
        copy(target);
        atSource(
                "XA START 'three'",
                "UPDATE orders SET mail = 'three@shop.example' WHERE id BETWEEN 10 AND 20",
                "XA END 'three'",
                "XA PREPARE 'three'");
        anew();
        atSource("XA COMMIT 'three'");

        sync();

        assertThat(buyers("three")).isEqualTo("1");
        assertEqualToAnUndisturbedMigration();
    }

    private String buyers(String name) {
        String sql = "SELECT count(*) FROM buyer WHERE mail = '%s@shop.example'".formatted(name);
        try {
            return rows(target, sql).getFirst();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /// Neither by a function, nor through a view, nor from another database.
    @Test
    void aStatementInsteadOfRowsIsAHardStop() throws Exception {
        String update = "UPDATE %s SET note = 'said' WHERE id < 40";
        String name = source.url().substring(source.url().lastIndexOf('/') + 1);
        atSource(
                "CREATE VIEW seen AS SELECT * FROM orders",
                "CREATE FUNCTION noted() RETURNS INT DETERMINISTIC MODIFIES SQL DATA BEGIN "
                        + update.formatted("orders")
                        + "; RETURN 1; END");
        copy(target);
        for (String sql :
                List.of(
                        "WITH w AS (SELECT 1) SELECT noted()",
                        update.formatted("seen"),
                        "USE mysql; " + update.formatted(name + ".orders"))) {
            anew();
            atSource("SET binlog_format = 'STATEMENT'; " + sql);

            assertThatThrownBy(this::sync)
                    .as(sql)
                    .isInstanceOf(Stopped.class)
                    .hasMessageContaining("logs statements instead of rows")
                    .hasMessageContaining("--anew");
        }
    }

    /// One step's key is another than the table's own.
    @Test
    void imagesThatDoNotTellAKeyAreAHardStop() throws Exception {
        copy(target);
        atSource(
                "SET binlog_row_image = 'MINIMAL'; UPDATE orders SET note = 'short' WHERE id < 40");

        assertThatThrownBy(this::sync)
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("does not tell the key of a changed row of 'orders'")
                .hasMessageContaining("--anew");
    }

    @Test
    void aUserWhoMayNotReadTheBinlogIsToldWhatToGrant() throws Exception {
        copy(target);
        try (var connection = MariaDb.connect(source);
                var statement = connection.createStatement()) {
            for (String host : List.of("%", "localhost")) {
                statement.execute("GRANT SELECT ON *.* TO reader@'" + host + "' IDENTIFIED BY 'r'");
            }
        }
        var reader = new Database(source.url(), "reader", "r");

        assertThatThrownBy(
                        () ->
                                new Sync(
                                                plan(),
                                                reader,
                                                target,
                                                SyncListener.NONE,
                                                InstantSource.system())
                                        .run())
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("may not read the binlog")
                .hasMessageContaining("GRANT REPLICATION SLAVE");
    }
}
