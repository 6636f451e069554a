package dev.slipway.backend.invoicing;

import static dev.slipway.testing.Eventually.eventually;

import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.InvoiceRunState;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.queues.SqlJobQueue;
import dev.slipway.backend.queues.Worker;
import dev.slipway.backend.queues.WorkerSettings;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;
import dev.slipway.config.Configuration;
import dev.slipway.testing.Effects;
import dev.slipway.testing.States;

import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/// Invoicing over the new shop's schema, configured by the example that comes with Slipway, with a
/// worker in this process.
final class InvoicingFixture implements AutoCloseable {
    static final LocalDate DATE = LocalDate.of(2026, 11, 20);
    static final String FOLDER = "mail: {from: Finance <finance@slipway.example>, folder: mail}\n";

    final Path home;
    final Path config;
    final StateStore store;
    final Invoicing invoicing;
    final InvoiceService service;
    final AtomicReference<Events> events;
    private final Worker worker;

    InvoicingFixture(States states, Path home, String mail) throws IOException {
        this(states, home, mail, 2);
    }

    /// @param threads of the worker; 0 for none
    InvoicingFixture(States states, Path home, String mail, int threads) throws IOException {
        this.home = home;
        this.config = home.resolve("slipway.yaml");
        Files.writeString(config, configuration(home, mail));
        var clock = InstantSource.fixed(Instant.parse("2026-11-21T08:00:00Z"));
        var json = WireJson.mapper();
        Path state = home.resolve("state");
        store = states.open(state);
        events = new AtomicReference<>(new EventLog(json, clock));
        Events log = (handle, kind, id, value) -> events.get().publish(handle, kind, id, value);
        var queue = new SqlJobQueue(json, log, InstantSource.system(), new Random());
        invoicing =
                Invoicing.of(
                                Configuration.read(config, Map.of()),
                                store,
                                state,
                                log,
                                queue,
                                json,
                                clock)
                        .orElseThrow();
        service = invoicing.service();
        worker =
                new Worker(
                        "w",
                        WorkerSettings.standard(Math.max(1, threads)),
                        invoicing.handlers(),
                        store,
                        log,
                        json,
                        InstantSource.system(),
                        new Random());
        if (threads > 0) {
            worker.start();
        }
    }

    /// The example's section `invoicing` with another section `mail`.
    static String configuration(Path home, String mail) throws IOException {
        try (InputStream in =
                InvoicingFixture.class.getResourceAsStream("/assets/invoicing/example.yaml")) {
            String example = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return "backend: {state: state}\n"
                    + "databases: {shop: {url: 'jdbc:sqlite:"
                    + home.resolve("shop.sqlite")
                    + "'}}\n"
                    + example.substring(0, example.indexOf("\nmail:") + 1)
                    + mail;
        }
    }

    /// A shop with so many vendors, every seventh without an address, and sales on `DATE` and on
    /// the days around it, each vendor with one at least.
    static void shop(Path home, int vendors, int orders, long seed) throws SQLException {
        String url = "jdbc:sqlite:" + home.resolve("shop.sqlite");
        Flyway.configure().dataSource(url, "", "").locations("classpath:db/shop").load().migrate();
        var random = new Random(seed);
        try (var shop = DriverManager.getConnection(url)) {
            shop.setAutoCommit(false);
            for (int v = 1; v <= vendors; v++) {
                execute(
                        shop,
                        "INSERT INTO vendors VALUES (?, ?, ?, ?, ?, ?, 'active', NULL)",
                        v,
                        "v" + v,
                        "Händler " + v,
                        v % 7 == 0 ? null : "v" + v + "@vendor.example",
                        List.of("DE", "FR", "CH").get(random.nextInt(3)),
                        v % 5 == 0 ? null : 500 + random.nextInt(2000));
            }
            int line = 0;
            for (int o = 1; o <= orders; o++) {
                String at =
                        "2026-11-%02dT%02d:%02d:00Z"
                                .formatted(
                                        19 + random.nextInt(3),
                                        random.nextInt(24),
                                        random.nextInt(60));
                execute(
                        shop,
                        "INSERT INTO orders (id, number, buyer_name, status, ordered_at)"
                                + " VALUES (?, ?, 'x', 'paid', ?)",
                        o,
                        "SO-" + o,
                        at);
                for (int i = 0; i <= random.nextInt(4); i++) {
                    line(shop, ++line, o, 1 + random.nextInt(vendors), random, at);
                }
            }
            for (int v = 1; v <= vendors; v++) {
                line(shop, ++line, 1 + random.nextInt(orders), v, random, "2026-11-20T12:00:00Z");
            }
            shop.commit();
        }
    }

    static void execute(Connection shop, String sql, @Nullable Object... values)
            throws SQLException {
        try (var statement = shop.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }

    private static void line(
            Connection shop, int id, int order, int vendor, Random random, String at)
            throws SQLException {
        execute(
                shop,
                "INSERT INTO order_lines (id, order_id, sku, vendor_id, title, quantity, total_cents,"
                        + " status, ordered_at) VALUES (?, ?, ?, ?, 'Becher', ?, ?, ?, ?)",
                id,
                order,
                "S" + id,
                vendor,
                1 + random.nextInt(3),
                random.nextInt(20_000),
                List.of("paid", "shipped", "pending", "cancelled").get(random.nextInt(4)),
                at);
    }

    Connection shop() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + home.resolve("shop.sqlite"));
    }

    InvoiceRun drafted(LocalDate date) {
        InvoiceRun run = done(service.start(date, "fin"));
        eventually(
                "drafts rendered",
                () -> {
                    InvoiceRun now = run(run.id());
                    return now.state() == InvoiceRunState.DRAFTED
                            && now.rendered() == now.invoices();
                });
        return run(run.id());
    }

    InvoiceRun released(LocalDate date) {
        String id = done(service.release(drafted(date).id(), "fin")).id();
        eventually("released", () -> run(id).state() == InvoiceRunState.RELEASED);
        return run(id);
    }

    /// Does what someone's write would do.
    <T> T done(Effect<T> effect) {
        return Effects.done(store, effect);
    }

    InvoiceRun run(String id) {
        return service.run(id).orElseThrow();
    }

    List<Invoice> invoices(String runId) {
        return service.invoices(runId, 0, 100_000);
    }

    @Override
    public void close() {
        worker.close();
        store.close();
    }
}
