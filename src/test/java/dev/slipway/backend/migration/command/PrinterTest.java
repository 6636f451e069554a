package dev.slipway.backend.migration.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.StepState;
import dev.slipway.backend.migration.plan.Window;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

class PrinterTest {
    /// A Friday; in Berlin it is half past one at night.
    private static final InstantSource NOW =
            InstantSource.fixed(Instant.parse("2026-11-27T00:30:00Z"));

    private final StringWriter err = new StringWriter();
    private long seconds;

    @Test
    void theRateAndWhatIsLeftAreTold() {
        twoThousandOfTwentyThousandInTwoSeconds(Window.ALWAYS);

        assertThat(err.toString()).contains("0 skipped; 1,000 rows/s, about 0:00:18 left\n");
    }

    @Test
    void theEndIsToldInTheWindowsHours() {
        var nights = new Window.Span(EnumSet.allOf(DayOfWeek.class), minutes(1), minutes(1) + 30);
        // open from 01:00 to 01:30, so all of the work is tomorrow's
        twoThousandOfTwentyThousandInTwoSeconds(
                new Window(ZoneId.of("Europe/Berlin"), List.of(nights)));

        assertThat(err.toString())
                .contains("1,000 rows/s, ends about 2026-11-28 01:00 Europe/Berlin\n");
    }

    private void twoThousandOfTwentyThousandInTwoSeconds(Window window) {
        var printer =
                new Printer(
                        new PrintWriter(err),
                        window,
                        NOW,
                        () -> TimeUnit.SECONDS.toNanos(seconds + 10));
        printer.step(lines(0));
        seconds = 2;
        printer.step(lines(2_000));
    }

    private static int minutes(int hours) {
        return hours * 60;
    }

    private static StepProgress lines(int read) {
        return new StepProgress(
                "lines", StepState.RUNNING, 20_000, read, read, 0, 0, 0, 0, 0, "", 0, 0, 0);
    }
}
