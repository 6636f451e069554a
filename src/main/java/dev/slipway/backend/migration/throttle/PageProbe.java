package dev.slipway.backend.migration.throttle;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Asks the shop's own pages, one after another, how long they take: one request with every look,
/// whether or not those before have been answered, and each counts from the moment that it was
/// meant to be sent. A page that was not answered yet counts by its age, a failed one as endless.
final class PageProbe implements Gauge {
    /// Looks that the percentile is taken of: the last 15 seconds at two a second.
    private static final int KEPT = 30;

    private static final int LEAST = 10;
    private static final int SLOWEST_LEFT_OUT = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SERVER_ERROR = 500;
    private static final long OPEN = -1;
    private static final long FAILED = Long.MAX_VALUE;
    private static final double MILLION = 1e6;

    private final List<URI> pages;
    private final LongSupplier nanos;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();
    private final Deque<Shot> shots = new ArrayDeque<>();
    private int next;
    private volatile String lastFailure = "";

    /// @param took nanoseconds, or [#OPEN] or [#FAILED]
    private record Shot(long sent, AtomicLong took) {}

    PageProbe(List<String> pages, LongSupplier nanos) {
        this.pages = pages.stream().map(URI::create).toList();
        this.nanos = nanos;
    }

    /// @return milliseconds that 95 of 100 pages take at most
    @Override
    public double read() throws Unknown {
        send();
        while (shots.size() > KEPT) {
            shots.removeFirst();
        }
        long now = nanos.getAsLong();
        // one just sent says nothing yet, unless it is older than the slowest answer
        long[] took =
                shots.stream()
                        .mapToLong(
                                shot -> shot.took.get() == OPEN ? now - shot.sent : shot.took.get())
                        .sorted()
                        .toArray();
        if (took.length < LEAST) {
            throw new Unknown("only %d of %d pages asked".formatted(took.length, LEAST));
        }
        long slow = took[took.length - 1 - took.length / SLOWEST_LEFT_OUT];
        if (slow == FAILED) {
            long failed = Arrays.stream(took).filter(t -> t == FAILED).count();
            throw new Unknown(
                    "%d of the last %d pages failed: %s"
                            .formatted(failed, took.length, lastFailure));
        }
        return slow / MILLION;
    }

    /// Pages that were asked and have not answered.
    long unanswered() {
        return shots.stream().filter(shot -> shot.took.get() == OPEN).count();
    }

    private void send() {
        URI page = pages.get(next++ % pages.size());
        var shot = new Shot(nanos.getAsLong(), new AtomicLong(OPEN));
        shots.addLast(shot);
        var request = HttpRequest.newBuilder(page).timeout(PATIENCE).GET().build();
        client.sendAsync(request, BodyHandlers.discarding())
                .whenComplete(
                        (answer, failure) -> {
                            if (failure != null) {
                                lastFailure = page + " " + failure.getMessage();
                                shot.took.set(FAILED);
                            } else if (answer.statusCode() >= SERVER_ERROR) {
                                lastFailure = page + " answered " + answer.statusCode();
                                shot.took.set(FAILED);
                            } else {
                                shot.took.set(nanos.getAsLong() - shot.sent);
                            }
                        });
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
