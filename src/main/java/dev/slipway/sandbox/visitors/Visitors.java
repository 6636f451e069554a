package dev.slipway.sandbox.visitors;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/// Sends the visits to the edge and never waits for an answer before the next. At most two thousand
/// are under way; a visit beyond that can't be sent and is counted as `unsent`, which says that the
/// visitors, not a pool, were at their end.
final class Visitors implements AutoCloseable {
    private static final int MOST_UNDER_WAY = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final URI edge;
    private final Habits habits;
    private final Arrivals arrivals;
    private final Pace pace = new Pace();
    private final Semaphore places = new Semaphore(MOST_UNDER_WAY);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong unsent = new AtomicLong();
    private final ExecutorService each =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("visit-", 0).factory());
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final Thread door;

    private Visitors(URI edge, long seed, Habits habits) {
        this.edge = edge;
        this.habits = habits;
        this.arrivals = new Arrivals(seed, this::arrive);
        this.door = Thread.ofPlatform().name("visitors").daemon().unstarted(this::run);
    }

    static Visitors start(URI edge, long seed, Habits habits) {
        var visitors = new Visitors(edge, seed, habits);
        visitors.door.start();
        return visitors;
    }

    void perSecond(double rate) {
        arrivals.perSecond(rate);
    }

    double perSecond() {
        return arrivals.perSecond();
    }

    /// How legacy bears them.
    Pace pace() {
        return pace;
    }

    long sent() {
        return sent.get();
    }

    long unsent() {
        return unsent.get();
    }

    int underWay() {
        return MOST_UNDER_WAY - places.availablePermits();
    }

    private void run() {
        try {
            arrivals.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void arrive(long meantNanos) {
        Visit visit = habits.next();
        if (!places.tryAcquire()) {
            unsent.incrementAndGet();
            return;
        }
        Instant meant = Instant.now().minusNanos(System.nanoTime() - meantNanos);
        sent.incrementAndGet();
        each.execute(() -> send(visit, meant));
    }

    private void send(Visit visit, Instant meant) {
        try {
            var answer = http.send(request(visit, meant), BodyHandlers.discarding());
            pace.answered(
                    answer.headers().firstValue("X-Pool").filter("legacy"::equals).isPresent(),
                    answer.statusCode() < 500,
                    Duration.between(meant, Instant.now()).toNanos() / 1_000);
        } catch (IOException e) {
            // the edge counts what failed, by pool; without an edge there is nothing to count
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private HttpRequest request(Visit visit, Instant meant) {
        long micros = meant.getEpochSecond() * 1_000_000 + meant.getNano() / 1_000;
        var request =
                HttpRequest.newBuilder(edge.resolve(visit.target()))
                        .timeout(PATIENCE)
                        .header("X-Visitor", visit.visitor())
                        .header("X-Intended-Micros", Long.toString(micros));
        if (visit.order() != null) {
            request.header("Content-Type", "application/json")
                    .header("Idempotency-Key", visit.reference())
                    .POST(BodyPublishers.ofString(visit.order()));
        }
        return request.build();
    }

    @Override
    public void close() throws InterruptedException {
        door.interrupt();
        each.shutdownNow();
        http.shutdownNow();
        door.join(Duration.ofSeconds(1));
    }
}
