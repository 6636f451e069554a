package dev.slipway.backend.migration.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

class SettledTest {
    private final AtomicLong millis = new AtomicLong();
    private final Settled settled = new Settled(() -> TimeUnit.MILLISECONDS.toNanos(millis.get()));

    private long settled(long atMillis, long end) {
        millis.set(atMillis);
        return settled.settle(new Position("binlog.000001", end, "", "")).offset();
    }

    @Test
    void whatStoodThereTwoSecondsAgoIsSeen() {
        assertThat(settled(0, 100)).as("nothing older is known").isEqualTo(100);
        assertThat(settled(1_000, 200)).isEqualTo(100);
        assertThat(settled(1_990, 300)).isEqualTo(100);
        assertThat(settled(3_000, 400)).isEqualTo(200);
        assertThat(settled(3_980, 500)).isEqualTo(200);
        assertThat(settled(3_991, 500)).isEqualTo(300);
        assertThat(settled(9_000, 500)).isEqualTo(500);
    }
}
