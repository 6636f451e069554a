package dev.slipway.backend.invoicing;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.backend.store.StateStore;
import dev.slipway.testing.ServedBackend;
import dev.slipway.testing.SlipwayProcess;
import dev.slipway.testing.States;
import dev.slipway.testing.StubbornClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/// A schedule's way from its due time to the drafted invoices, by processes alone: two backends and
/// a worker on one PostgreSQL. Both backends find the same date due and are held up over it, once
/// before and once within the transaction that starts its run, and are killed there.
class ScheduledDraftIT {
    private static final int VENDORS = 30;
    private static final String WAITS = " AND wait_event_type = 'Lock'";
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    @TempDir Path home;

    private final ZonedDateTime due =
            ZonedDateTime.now(ZONE).truncatedTo(ChronoUnit.MINUTES).minusMinutes(3);
    private final LocalDate date = due.toLocalDate().minusDays(1);

    @Test
    void theDateThatIsDueIsDraftedOnceThoughBothBackendsDieOverIt() throws Exception {
        sales();
        Path shared = home.resolve("shared");
        Path a = Files.createDirectory(home.resolve("a"));
        Path b = Files.createDirectory(home.resolve("b"));
        try (var store = States.POSTGRES.open(shared);
                var first = ServedBackend.start(a, States.POSTGRES, shared, more());
                var second = ServedBackend.start(b, States.POSTGRES, shared, more())) {
            schedule(first);
            first.kill();
            second.kill();
            assertThat(count(store, "schedule_run")).isZero();
            // as if they had been down since before the due time
            store.writing(
                    handle ->
                            handle.execute(
                                    "UPDATE schedule SET seen_until = ?",
                                    due.minusMinutes(1).toInstant().toEpochMilli()));

            try (var lock = lock(shared, "LOCK TABLE invoice_run IN SHARE MODE")) {
                first.startAgain();
                second.startAgain();
                eventually("both wait", () -> others(store, WAITS) == 2);
                first.kill();
                second.kill();
                lock.rollback();
            }
            eventually(
                    "what they began is undone", () -> others(store, " AND state <> 'idle'") == 0);
            assertThat(count(store, "schedule_run")).isZero();
            assertThat(count(store, "invoice_run")).isZero();
            assertThat(count(store, "job")).isZero();

            try (var lock = lock(shared, "UPDATE schedule SET version = version")) {
                first.startAgain();
                second.startAgain();
                eventually("both wait for the row", () -> others(store, WAITS) == 2);
                lock.rollback();
            }
            try (var worker =
                    SlipwayProcess.start("worker", "--with-parent", "--home", a.toString())) {
                worker.awaitReady();
                String run = "schedule_run WHERE state = 'DONE'";
                eventually("the run says that it is done", () -> count(store, run) == 1);
            }
            assertRunOnce(store);
        }
    }

    /// A connection without the limits of the backend's own, as starting two takes a while.
    private static Connection lock(Path shared, String sql) throws SQLException {
        var database = States.database(shared);
        var connection = DriverManager.getConnection(database.url(), database.user(), "");
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

    private void assertRunOnce(StateStore store) throws SQLException {
        assertThat(count(store, "schedule_run")).isEqualTo(1);
        String asked = "business_date = '%s' AND due_at = %d AND job IN (SELECT id FROM job)";
        long at = due.toInstant().toEpochMilli();
        assertThat(count(store, "schedule_run WHERE " + asked.formatted(date, at))).isEqualTo(1);
        assertThat(count(store, "job WHERE type = 'invoice.draft'")).isEqualTo(1);
        assertThat(count(store, "invoice_run")).isEqualTo(1);
        String drafted = "invoice_run WHERE state = 'DRAFTED' AND business_date = '%s'";
        assertThat(count(store, drafted.formatted(date))).isEqualTo(1);
        assertThat(drafted(store)).hasSize(VENDORS).isEqualTo(sold());
    }

    /// How many lines each vendor's draft has: one for each order.
    private static Map<String, Integer> drafted(StateStore store) {
        Map<String, Integer> lines = new HashMap<>();
        store.writing(
                handle ->
                        handle.createQuery("SELECT vendor_key, lines FROM invoice")
                                .map((row, _) -> Map.entry(row.getString(1), row.getInt(2)))
                                .forEach(
                                        row ->
                                                lines.merge(
                                                        row.getKey(),
                                                        row.getValue(),
                                                        Integer::sum)));
        return lines;
    }

    /// The same as the shop's own tables have it.
    private Map<String, Integer> sold() throws SQLException {
        Map<String, Integer> lines = new HashMap<>();
        String sql =
                "SELECT vendor_id, count(DISTINCT order_id) FROM order_lines WHERE status <> 'cancelled'"
                        + " AND substr(ordered_at, 1, 10) = '"
                        + date
                        + "' GROUP BY vendor_id";
        try (var shop = shop();
                var statement = shop.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                lines.put(rows.getString(1), rows.getInt(2));
            }
        }
        return lines;
    }

    /// Sales of the date at noon, and of the days around it; each vendor has one that counts.
    private void sales() throws SQLException {
        InvoicingFixture.shop(home, VENDORS, 60, 4);
        try (var shop = shop()) {
            InvoicingFixture.execute(
                    shop,
                    """
                    UPDATE order_lines SET ordered_at = date(?, printf('%+d days',
                        julianday(date(ordered_at)) - julianday(?))) || 'T12:00:00Z'""",
                    date.toString(),
                    InvoicingFixture.DATE.toString());
            InvoicingFixture.execute(
                    shop,
                    "UPDATE order_lines SET status = 'paid' WHERE id > (SELECT max(id) FROM"
                            + " order_lines) - ?",
                    VENDORS);
        }
    }

    private Connection shop() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + home.resolve("shop.sqlite"));
    }

    private String more() throws IOException {
        String invoicing = InvoicingFixture.configuration(home, InvoicingFixture.FOLDER);
        return invoicing.substring(invoicing.indexOf('\n') + 1);
    }

    /// What the console sends.
    private void schedule(ServedBackend backend) throws Exception {
        var answer =
                new StubbornClient(backend.uri(), backend.token())
                        .write(
                                "POST",
                                "/api/v1/schedules",
                                """
                                {"name": "drafts", "reason": "each morning", "spec": {
                                  "cron": "%d %d * * *", "zone": "%s", "task": "invoices.draft",
                                  "parameters": {}, "daysBack": 1, "catchUp": "LATEST",
                                  "graceMinutes": 60, "overlap": "WAIT", "enabled": true}}"""
                                        .formatted(due.getMinute(), due.getHour(), ZONE));
        assertThat(answer.status()).as(answer.body().toString()).isBetween(200, 202);
    }

    /// The sessions of this database besides the test's own, which asks.
    private static long others(StateStore store, String more) {
        return count(
                store,
                "pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                        + " AND query NOT LIKE '%pg_stat_activity%'"
                        + more);
    }

    private static long count(StateStore store, String what) {
        return store.read(
                handle ->
                        handle.createQuery("SELECT count(*) FROM " + what).mapTo(Long.class).one());
    }
}
