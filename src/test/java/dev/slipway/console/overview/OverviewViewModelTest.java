package dev.slipway.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.metrics.Latency;
import dev.slipway.api.metrics.Pool;
import dev.slipway.api.metrics.Window;
import dev.slipway.api.migration.Run;
import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.client.offline.LoadState;
import dev.slipway.client.offline.LoadState.Ready;
import dev.slipway.client.offline.LoadState.Stale;
import dev.slipway.console.ConsoleWiring;
import dev.slipway.testing.MuchWork;
import dev.slipway.testing.ShopData;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

class OverviewViewModelTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final OverviewViewModel model = new OverviewViewModel(ConsoleWiring.texts(), NOW);
    private final ShopData shop = new ShopData(NOW);

    @ParameterizedTest
    @CsvSource({
        "29, 9999, 29, QUIET",
        "30, 200, 0, WELL",
        "30, 200.1, 0, SLOW",
        "1000, 20, 19, WELL",
        "1000, 20, 20, FAILING",
        "1000, 5000, 20, FAILING",
        "0, 0, 0, QUIET"
    })
    void judgesByWhatVisitorsGet(long n, double p95, long errors, Verdict verdict) {
        assertThat(Verdict.of(window(n, p95, errors))).isEqualTo(verdict);
    }

    @Test
    void givesTheFigureThatTheVerdictStandsOn() {
        model.showWindows(new Ready<>(shop.windows(), NOW));

        PoolCard legacy = model.pool(Pool.LEGACY).get().value().orElseThrow();
        PoolCard fresh = model.pool(Pool.NEW).get().value().orElseThrow();

        assertThat(legacy.verdict()).isEqualTo(Verdict.SLOW);
        assertThat(legacy.p95()).isEqualTo("2,431 ms");
        assertThat(legacy.reason()).isEqualTo("p95 2,431 ms is above 200 ms");
        assertThat(fresh.verdict()).isEqualTo(Verdict.WELL);
        // 212 requests are too few for a p99
        assertThat(fresh.p50()).isEqualTo("6.4 ms");
        assertThat(fresh.p99()).isEqualTo("too few");
    }

    @Test
    void aPoolWithoutFiguresIsNotSaidToBeWell() {
        model.showWindows(new Ready<>(List.of(), NOW));

        PoolCard card = model.pool(Pool.NEW).get().value().orElseThrow();

        assertThat(card.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(card.p95()).isEqualTo("–");
        assertThat(model.orders().get().value().orElseThrow().figure()).isEqualTo("–");
    }

    @Test
    void aPoolWithoutRequestsIsQuietWhileTheOtherIsMeasured() {
        var legacy =
                shop.windows().stream().filter(window -> window.pool() == Pool.LEGACY).toList();

        model.showWindows(new Ready<>(legacy, NOW));

        assertThat(model.pool(Pool.NEW).get().value().orElseThrow().verdict())
                .isEqualTo(Verdict.QUIET);
    }

    @Test
    void countsOrdersOverFiveMinutesOfBothPools() {
        model.showWindows(new Ready<>(shop.windows(), NOW));

        Glance orders = model.orders().get().value().orElseThrow();

        // 5 × (18 + 4) in 5 min, 48.15 EUR each
        assertThat(orders.figure()).isEqualTo("22.0");
        assertThat(orders.detail()).isEqualTo("1,059.30 EUR per minute");
    }

    @Test
    void staleFiguresStayStale() {
        model.showWindows(new Stale<>(shop.windows(), NOW));

        assertThat(model.pool(Pool.NEW).get()).isInstanceOf(Stale.class);
        assertThat(model.orders().get()).isInstanceOf(Stale.class);
    }

    @Test
    void figuresThatNoOneMeasuresAnyMoreAreStaleThoughTheBackendIsThere() {
        model.showWindows(new Ready<>(shop.windows(), NOW));
        model.tick(NOW.plusSeconds(30));
        assertThat(model.pool(Pool.NEW).get()).isInstanceOf(Ready.class);

        model.tick(NOW.plusSeconds(31));

        assertThat(model.pool(Pool.NEW).get())
                .isInstanceOfSatisfying(
                        Stale.class, stale -> assertThat(stale.since()).isEqualTo(NOW));
    }

    @Test
    void theOldestWaitingJobAgesWithTheClock() {
        model.showQueues(new Ready<>(List.of(queue(3, NOW.minusSeconds(5), 0)), NOW));
        assertThat(figure(model.queues().get())).isEqualTo("5 s");

        model.tick(NOW.plusSeconds(60));

        assertThat(figure(model.queues().get())).isEqualTo("65 s");
    }

    @Test
    void anAgeThatIsNotKnownIsNeverZero() {
        model.showQueues(new Ready<>(List.of(queue(3, null, 0)), NOW));
        assertThat(figure(model.queues().get())).isEqualTo("unknown");

        model.showQueues(new Ready<>(List.of(queue(0, null, 0)), NOW));
        assertThat(figure(model.queues().get())).isEqualTo("0");
    }

    @Test
    void deadJobsMustBeLookedAt() {
        model.showQueues(new Ready<>(List.of(queue(0, null, 1)), NOW));

        assertThat(model.queues().get().value().orElseThrow().mood()).isEqualTo(Glance.Mood.LOOK);
    }

    /// What keeps every job from starting is told before all else, and where it is put right.
    @Test
    void thatTheBrokerIsAwayIsToldAndTheQueuesAreNotWell() {
        BrokerStatus away = new MuchWork(NOW).brokerAway();
        model.showQueues(new Ready<>(List.of(queue(3, NOW.minusSeconds(5), 0)), NOW));
        assertThat(model.broker().title().get()).isEmpty();
        assertThat(model.broker().meaning().get()).isEmpty();

        model.showBroker(new Ready<>(List.of(away), NOW));
        assertThat(model.broker().title().get())
                .startsWith("RabbitMQ has been away since ")
                .endsWith("(14 min): 3 jobs wait and are kept");
        assertThat(model.broker().meaning().get()).contains("No job is lost");
        Glance glance = model.queues().get().value().orElseThrow();
        assertThat(glance.mood()).isEqualTo(Glance.Mood.BAD);
        assertThat(glance.words()).isEqualTo("oldest waiting; RabbitMQ is away");
        assertThat(glance.figure()).isEqualTo("5 s");
        model.tick(NOW.plusSeconds(600));
        assertThat(model.broker().title().get()).contains("(24 min)");

        model.showBroker(new Stale<>(List.of(away), NOW));
        assertThat(model.broker().title().get()).startsWith("RabbitMQ was away since ");

        model.showBroker(new Ready<>(List.of(), NOW));
        assertThat(model.broker().title().get()).isEmpty();
        assertThat(model.queues().get().value().orElseThrow().mood()).isEqualTo(Glance.Mood.BUSY);
    }

    @Test
    void tellsTheMigrationsProgress() {
        model.showRuns(new Ready<>(List.of(shop.run()), NOW));

        Glance run = model.migration().get().value().orElseThrow();

        assertThat(run.figure()).isEqualTo("Running");
        assertThat(run.words()).isEqualTo("6,890 rows/s, 17 s to go");
        // 400 + 84,000 of 400 + 200,000
        assertThat(run.progress()).isEqualTo(84_400.0 / 200_400);
    }

    @Test
    void noRunIsSomethingElseThanARunOfZero() {
        model.showRuns(new Ready<>(List.<Run>of(), NOW));
        model.showInvoiceRuns(new Ready<>(List.<InvoiceRun>of(), NOW));

        assertThat(model.migration().get().value().orElseThrow().words()).isEqualTo("No run yet");
        assertThat(model.invoices().get().value().orElseThrow().words()).isEqualTo("No run yet");
    }

    private static String figure(LoadState<Glance> state) {
        return state.value().orElseThrow().figure();
    }

    private static QueueStatus queue(
            long ready, @org.jspecify.annotations.Nullable Instant oldest, long dead) {
        return new QueueStatus("q", ready, 0, 0, dead, oldest, 0, 0, 0, 1, null);
    }

    private static Window window(long n, double p95, long errors) {
        return new Window(
                Duration.ofMinutes(1),
                NOW,
                60,
                Pool.NEW,
                "*",
                new Latency(n, 1, p95, p95, p95),
                errors,
                0,
                BigDecimal.ZERO,
                "EUR");
    }
}
