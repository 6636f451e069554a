package dev.slipway.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class HurriedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

    /// One byte a second, and no end.
    private final InputStream trickle =
            new InputStream() {
                @Override
                public int read() {
                    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
                    return 'x';
                }

                @Override
                public int read(byte[] bytes, int from, int length) {
                    bytes[from] = (byte) read();
                    return 1;
                }
            };

    @Test
    void whoTricklesIsReadForTheWholeTimeAndNoLonger() throws IOException {
        try (var in = new Hurried(trickle, PATIENCE, nanos::get)) {
            for (int second = 0; second <= 10; second++) {
                assertThat(in.read()).isEqualTo('x');
            }
            assertThatThrownBy(in::read).isInstanceOf(Hurried.Late.class);
            assertThatThrownBy(in::readAllBytes).isInstanceOf(Hurried.Late.class);
        }
    }
}
