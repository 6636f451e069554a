package dev.slipway.backend.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.StepState;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class ForecastTest {
    private static final long SECOND = 1_000_000_000L;
    private final Forecast forecast = new Forecast();

    @Test
    void whatIsLeftGoesByTheRateOfAllSteps() {
        read("a", 0, 1_000, 0);
        read("b", 0, 3_000, 0);
        read("a", 1_000, 1_000, 2);

        assertThat(forecast.perSecond(2 * SECOND)).isEqualTo(500);
        assertThat(forecast.left(2 * SECOND)).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void nothingIsToldBeforeAnythingWasRead() {
        read("a", 0, 1_000, 0);

        assertThat(forecast.left(5 * SECOND)).isNull();
    }

    @Test
    void aWaitDoesNotMakeTheRestSlower() {
        read("a", 0, 4_000, 0);
        read("a", 1_000, 4_000, 1);
        assertThat(forecast.left(SECOND)).isEqualTo(Duration.ofSeconds(3));

        forecast.waits(true, 2 * SECOND);
        forecast.waits(true, 60 * SECOND);

        assertThat(forecast.left(60 * SECOND)).isEqualTo(Duration.ofSeconds(3));
    }

    private void read(String step, long rows, long of, long second) {
        forecast.step(
                new StepProgress(
                        step, StepState.RUNNING, of, rows, rows, 0, 0, 0, 0, 0, "", 0, 0, 0),
                second * SECOND);
    }
}
