package dev.slipway.backend.migration.throttle;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// A real server's pages by a clock that only moves when it is told.
class PageProbeTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger status = new AtomicInteger(200);
    private final AtomicInteger answered = new AtomicInteger();
    private volatile CountDownLatch held = new CountDownLatch(0);

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @SuppressWarnings("NullAway.Init")
    private PageProbe probe;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    await(held);
                    exchange.sendResponseHeaders(status.get(), -1);
                    exchange.close();
                    answered.incrementAndGet();
                });
        server.start();
        String page = "http://127.0.0.1:" + server.getAddress().getPort();
        probe = new PageProbe(List.of(page + "/a", page + "/b"), nanos::get);
    }

    @AfterEach
    void stop() {
        held.countDown();
        probe.close();
        server.stop(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aFewPagesSayNothing() {
        for (int i = 1; i < 10; i++) {
            var unknown = catchThrowableOfType(Gauge.Unknown.class, probe::read);
            assertThat(unknown).hasMessage("only " + i + " of 10 pages asked");
        }
    }

    @Test
    void aPageThatIsNotAnsweredCountsByItsAge() throws Exception {
        asked(20);
        assertThat(probe.read()).isZero();
        eventually("answered", () -> probe.unanswered() == 0);
        held = new CountDownLatch(1);
        for (int i = 0; i < 3; i++) {
            probe.read();
            nanos.addAndGet(Duration.ofMillis(500).toNanos());
        }
        // of 25, the slowest may be slower: the second of those that hang was sent a second ago
        assertThat(probe.read()).isEqualTo(1_000);
    }

    @Test
    void errorsAreNotFast() throws Exception {
        asked(20);
        status.set(503);
        for (int i = 0; i < 4; i++) {
            int before = answered.get();
            try {
                probe.read();
            } catch (Gauge.Unknown e) {
                // it has seen enough of them
            }
            eventually("answered", () -> answered.get() > before);
        }

        eventually(
                "told",
                () -> {
                    var unknown = catchThrowableOfType(Gauge.Unknown.class, probe::read);
                    return unknown != null
                            && String.valueOf(unknown.getMessage()).contains("answered 503");
                });
    }

    private void asked(int pages) throws Exception {
        for (int i = 1; i <= pages; i++) {
            int before = answered.get();
            if (i < 10) {
                assertThat(catchThrowableOfType(Gauge.Unknown.class, probe::read)).isNotNull();
            } else {
                probe.read();
            }
            eventually("answered", () -> answered.get() > before);
        }
    }
}
