package dev.slipway.console.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.metrics.CacheStatus;
import dev.slipway.client.offline.LoadState;
import dev.slipway.testing.MuchBrokers;
import dev.slipway.testing.Screens;

import org.junit.jupiter.api.Test;

import java.util.List;

class CachesViewModelTest {
    private final CachesViewModel model =
            new CachesViewModel(() -> Screens.NOW, new Screens().words);

    @Test
    void whoseRedisIsAwayStandsApart() {
        model.show(new LoadState.Ready<>(new MuchBrokers(Screens.NOW).caches(), Screens.NOW));

        assertThat(model.well().get())
                .isEqualTo(
                        "http://10.0.0.5:7470: Redis answers 92 % of 18,204 questions a minute;"
                                + " 61,022 entries, 120.0 MB of 256.0 MB, 12 evicted");
        assertThat(model.trouble().get())
                .contains("10.0.0.6:7470: Redis is away since")
                .contains("the database answers, 398 times in the last minute");
    }

    @Test
    void whatIsNotKnownIsADashAndNothingIsZero() {
        var unknown =
                new CacheStatus(
                        "s",
                        true,
                        "redis",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        "",
                        Screens.NOW);
        var none =
                new CacheStatus(
                        "t",
                        true,
                        "process",
                        null,
                        0L,
                        0L,
                        0L,
                        0L,
                        33_554_432L,
                        0L,
                        null,
                        "",
                        Screens.NOW);
        model.show(new LoadState.Ready<>(List.of(unknown, none), Screens.NOW));

        assertThat(model.well().get().lines())
                .containsExactly(
                        "s: Redis answers – of – questions a minute; – entries, – of –, – evicted",
                        "t: the process's own cache answers – of 0 questions a minute; 0 entries,"
                                + " 0.0 MB of 32.0 MB, 0 evicted");
    }

    @Test
    void nothingIsSaidWhereThereIsNoCache() {
        model.show(new LoadState.Ready<>(List.of(), Screens.NOW));
        assertThat(model.well().get()).isEmpty();
        assertThat(model.trouble().get()).isEmpty();
    }
}
