package dev.slipway.console.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.metrics.Pool;
import dev.slipway.api.metrics.Window;
import dev.slipway.client.offline.LoadState.Ready;
import dev.slipway.console.ConsoleWiring;
import dev.slipway.testing.ShopData;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

class ResponseTimesViewModelTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final ResponseTimesViewModel model =
            new ResponseTimesViewModel(ConsoleWiring.texts(), InstantSource.fixed(NOW));

    @Test
    void showsTheWindowOfTheRangeAndSaysFromWhenToWhen() {
        model.show(new Ready<>(new ShopData(NOW).windows(), NOW));

        model.range().set(Range.MINUTES_5);

        ZoneId here = ZoneId.systemDefault();
        String to = LocalTime.ofInstant(NOW, here) + ":00";
        String from = LocalTime.ofInstant(NOW.minusSeconds(300), here) + ":00";
        assertThat(model.basis().get()).contains(to + " ").contains(from + " to ");
        List<RouteRow> rows = model.rows().get().value().orElseThrow();
        assertThat(rows).hasSize(12);
        assertThat(rows.getFirst().window().pool()).isEqualTo(Pool.LEGACY);
        assertThat(rows.getFirst().route(ConsoleWiring.texts())).isEqualTo("all routes");
        assertThat(rows.getFirst().n()).isEqualTo("6,200");
        assertThat(rows.getFirst().errors()).isEqualTo("55  (0.89 %)");
    }

    @Test
    void noRangeShowsTheFiguresOfAnother() {
        List<Window> all = new ShopData(NOW).windows();
        model.show(new Ready<>(all, NOW));
        for (Range range : Range.values()) {
            model.range().set(range);
            assertThat(model.rows().get().value().orElseThrow())
                    .isNotEmpty()
                    .allMatch(row -> row.window().window().equals(range.length()));
        }
        model.show(
                new Ready<>(
                        all.stream()
                                .filter(w -> w.window().compareTo(Duration.ofHours(1)) <= 0)
                                .toList(),
                        NOW));
        model.range().set(Range.DAY);
        assertThat(model.rows().get().value().orElseThrow()).isEmpty();
        assertThat(model.basis().get()).isEmpty();
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
