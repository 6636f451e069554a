package dev.slipway.console.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.metrics.Pool;
import dev.slipway.client.offline.LoadState.Ready;
import dev.slipway.console.ConsoleWiring;
import dev.slipway.testing.ShopData;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class ResponseTimesViewModelTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final ResponseTimesViewModel model = new ResponseTimesViewModel(ConsoleWiring.texts());

    @Test
    void showsTheWindowNearestToTheRangeAndSaysWhich() {
        model.show(new Ready<>(new ShopData(NOW).windows(), NOW));

        model.range().set(Range.MINUTES_5);

        assertThat(model.basis().get()).isEqualTo("over the last 5 min");
        List<RouteRow> rows = model.rows().get().value().orElseThrow();
        assertThat(rows).hasSize(12);
        assertThat(rows.getFirst().window().pool()).isEqualTo(Pool.LEGACY);
        assertThat(rows.getFirst().route(ConsoleWiring.texts())).isEqualTo("all routes");
        assertThat(rows.getFirst().n()).isEqualTo("6,200");
        assertThat(rows.getFirst().errors()).isEqualTo("55  (0.89 %)");
    }

    @Test
    void aP99OfTooFewIsNotShown() {
        model.show(new Ready<>(new ShopData(NOW).windows(), NOW));

        List<RouteRow> rows = model.rows().get().value().orElseThrow();

        assertThat(rows)
                .filteredOn(row -> row.window().latency().n() < 300)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.p99(ConsoleWiring.texts())).isEqualTo("too few"));
        assertThat(rows)
                .filteredOn(row -> row.window().latency().n() >= 300)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.p99(ConsoleWiring.texts())).endsWith(" ms"));
    }
}
