package dev.slipway.backend.migration.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;

class InitPrinterTest {
    private static final long SECOND = 1_000_000_000L;
    private final StringWriter err = new StringWriter();
    private final AtomicLong now = new AtomicLong(7 * SECOND);
    private final InitPrinter printer = new InitPrinter(new PrintWriter(err), now::get);

    /// 1,000 rows were counted before; 2,000 of the other 8,000 took ten seconds.
    @Test
    void theTimeToGoCountsFromWhenTheRowsWereKnown() {
        printer.at("counting orders", 1_000, 0);
        printer.at("reading orders", 1_000, 9_000);
        now.addAndGet(10 * SECOND);
        printer.at("reading orders", 3_000, 9_000);
        now.addAndGet(SECOND);
        printer.at("reading orders", 3_200, 9_000);
        now.addAndGet(189 * SECOND);
        printer.at("reading orders", 5_000, 9_000);

        assertThat(err.toString().lines())
                .containsExactly(
                        "counting orders: 1,000 rows so far",
                        "reading orders: 1,000 of 9,000 rows",
                        "reading orders: 3,000 of 9,000 rows, about 31 s to go",
                        "reading orders: 5,000 of 9,000 rows, about 4 min to go");
    }
}
