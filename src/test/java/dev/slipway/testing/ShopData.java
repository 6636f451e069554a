package dev.slipway.testing;

import dev.slipway.api.Health;
import dev.slipway.api.events.Kind;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.InvoiceRunState;
import dev.slipway.api.launch.Launch;
import dev.slipway.api.metrics.Interval;
import dev.slipway.api.metrics.Latency;
import dev.slipway.api.metrics.Pool;
import dev.slipway.api.metrics.Window;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.RunTiming;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.StepState;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.client.offline.Document;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A shop in the middle of its move, for screens to show.
public final class ShopData {
    private final Instant now;

    public ShopData(Instant now) {
        this.now = now;
    }

    /// Legacy slow, new well, a migration under way.
    public List<Document> all() {
        var documents = new ArrayList<Document>();
        documents.add(
                Document.of(
                        Kind.HEALTH,
                        "health",
                        new Health(true, "0.1.0", "sandbox", "#1f6feb", false, "e", 5, now, now)));
        for (Window window : windows()) {
            documents.add(Document.of(Kind.WINDOW, window.id(), window));
        }
        documents.add(Document.of(Kind.LAUNCH, "launch", launch()));
        documents.add(
                Document.of(
                        Kind.QUEUE,
                        "migration",
                        new QueueStatus("migration", 0, 1, 0, 0, null, 0.2, 0.2, 0, 2, null)));
        documents.add(
                Document.of(
                        Kind.QUEUE,
                        "invoicing",
                        new QueueStatus(
                                "invoicing",
                                42,
                                2,
                                3,
                                7,
                                now.minusSeconds(95),
                                84,
                                61.5,
                                1.2,
                                2,
                                null)));
        documents.add(Document.of(Kind.RUN, "r1", run()));
        documents.add(Document.of(Kind.INVOICE_RUN, "i1", invoiceRun()));
        return documents;
    }

    private static final List<Duration> LENGTHS =
            List.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofHours(1),
                    Duration.ofHours(24));

    public List<Window> windows() {
        var windows = new ArrayList<Window>();
        for (Duration length : LENGTHS) {
            long times = length.toMinutes();
            windows.add(
                    window(
                            length,
                            Pool.LEGACY,
                            "*",
                            1_240 * times,
                            640,
                            2_431,
                            3_905,
                            11 * times,
                            18 * times));
            windows.add(window(length, Pool.NEW, "*", 212 * times, 6.4, 38, 71, 0, 4 * times));
            String[] routes = {
                "/", "/products", "/products/{id}", "/orders", "/vendors/{id}/dashboard"
            };
            for (int i = 0; i < routes.length; i++) {
                windows.add(
                        window(
                                length,
                                Pool.LEGACY,
                                routes[i],
                                400 * times / (i + 1),
                                210 + 600 * i,
                                900 + 800 * i,
                                1_400 + 950 * i,
                                i * times,
                                0));
                windows.add(
                        window(
                                length,
                                Pool.NEW,
                                routes[i],
                                90 * times / (i + 1),
                                4 + i,
                                21 + 9 * i,
                                44 + 13 * i,
                                0,
                                0));
            }
        }
        return windows;
    }

    /// Intervals of five seconds, legacy ever slower, with a gap in the middle.
    public List<Interval> intervals(Duration range) {
        var random = new Random(7);
        var intervals = new ArrayList<Interval>();
        long count = range.toSeconds() / 5;
        for (long i = 0; i < count; i++) {
            if (i > count * 2 / 5 && i < count * 2 / 5 + count / 30) {
                continue;
            }
            Instant from = now.minusSeconds((count - i) * 5);
            double load = 1 + 0.5 * Math.sin(i * 12.0 / count) + random.nextDouble() * 0.25;
            intervals.add(
                    interval(
                            from,
                            Pool.LEGACY,
                            (long) (90 + 20 * load),
                            420 * load,
                            1_700 * load,
                            2_600 * load,
                            random.nextInt(20) == 0 ? 3 : 0));
            if (i > count / 3) {
                intervals.add(
                        interval(
                                from,
                                Pool.NEW,
                                (long) (20 * load),
                                5 * load,
                                31 * load,
                                60 * load,
                                0));
            }
        }
        return intervals;
    }

    public Launch launch() {
        return new Launch(
                15,
                15,
                14.6,
                1_452,
                false,
                "ada",
                now.minusSeconds(310),
                "10 % held for an hour",
                "sandbox edge",
                null);
    }

    public Run run() {
        return new Run(
                "r1",
                "shop",
                RunState.RUNNING,
                "ada",
                now.minusSeconds(200),
                now.minusSeconds(199),
                null,
                List.of(
                        new StepProgress(
                                "vendors",
                                StepState.VALIDATED,
                                400,
                                400,
                                310,
                                90,
                                0,
                                0,
                                1,
                                1,
                                "9f1c22d0a1b2c3d4",
                                0.4,
                                12,
                                20),
                        new StepProgress(
                                "orders",
                                StepState.RUNNING,
                                200_000,
                                84_000,
                                83_100,
                                0,
                                900,
                                0,
                                42,
                                100,
                                "11aa22bb33cc44dd",
                                12.2,
                                48,
                                0)),
                6_890,
                17L,
                null,
                "j1",
                RunTiming.NONE);
    }

    public InvoiceRun invoiceRun() {
        return new InvoiceRun(
                "i1",
                LocalDate.of(2026, 11, 22),
                InvoiceRunState.DRAFTED,
                "EUR",
                310,
                310,
                0,
                12,
                0,
                new BigDecimal("18420.15"),
                new BigDecimal("3499.83"),
                new BigDecimal("21919.98"),
                List.of(),
                "ada",
                now.minusSeconds(600),
                null,
                null,
                null);
    }

    private Window window(
            Duration length,
            Pool pool,
            String route,
            long n,
            double p50,
            double p95,
            double p99,
            long errors,
            long orders) {
        return new Window(
                length,
                now,
                length.toSeconds(),
                pool,
                route,
                new Latency(n, p50, p95, p99, p99 * 1.7),
                errors,
                orders,
                new BigDecimal(orders).multiply(new BigDecimal("48.15")),
                "EUR");
    }

    private static Interval interval(
            Instant from, Pool pool, long n, double p50, double p95, double p99, long errors) {
        return new Interval(
                from,
                5_000,
                pool,
                "*",
                new Latency(n, p50, p95, p99, p99 * 1.4),
                errors,
                n / 40,
                new BigDecimal(n / 40).multiply(new BigDecimal("48.15")),
                "EUR");
    }
}
