package dev.slipway.shop.intake;

import dev.slipway.shop.answers.ShopRoutes;
import dev.slipway.shop.http.Json;
import dev.slipway.shop.http.Problem;
import dev.slipway.shop.intake.Intake.Waiting;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Passes orders on to the legacy shop, one after the other in the order in which they came. An
/// order is sent until legacy says that it has it, always under the same reference: legacy takes a
/// reference once, so a lost answer or a killed process doubles nothing.
public final class Forwarder implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Forwarder.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final Intake intake;
    private final URI orders;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
    private final Semaphore arrivals = new Semaphore(0);
    private final Thread thread;

    /// What legacy said to an order.
    private sealed interface Outcome {
        record Taken(long id) implements Outcome {}

        record Refused(String reason) implements Outcome {}

        record NoAnswer(String why) implements Outcome {}
    }

    private Forwarder(Intake intake, URI legacy) {
        this.intake = intake;
        this.orders = legacy.resolve(ShopRoutes.ORDERS);
        this.thread = Thread.ofPlatform().name("forwarder").daemon().unstarted(this::run);
    }

    public static Forwarder start(Intake intake, URI legacy) {
        var forwarder = new Forwarder(intake, legacy);
        forwarder.thread.start();
        return forwarder;
    }

    /// An order came in.
    public void wake() {
        arrivals.release();
    }

    private void run() {
        long pause = FIRST_PAUSE_MILLIS;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Round round = forwardAll();
                if (round.done()) {
                    arrivals.tryAcquire(LONGEST_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                } else {
                    // an arrival is no reason to try earlier, but an order that went through is
                    pause =
                            round.went() > 0
                                    ? FIRST_PAUSE_MILLIS
                                    : Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
                    new Semaphore(0).tryAcquire(pause, TimeUnit.MILLISECONDS);
                }
                arrivals.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @param went orders that legacy answered
    /// @param done whether none is left
    private record Round(int went, boolean done) {}

    /// Passes on what waits, until legacy gives no answer.
    private Round forwardAll() throws InterruptedException {
        int went = 0;
        try {
            for (Optional<Waiting> next = intake.next(); next.isPresent(); next = intake.next()) {
                if (!forward(next.get())) {
                    return new Round(went, false);
                }
                went++;
            }
            return new Round(went, true);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the intake can't be read or written", e);
            return new Round(went, false);
        }
    }

    private boolean forward(Waiting order) throws InterruptedException {
        return switch (send(order)) {
            case Outcome.Taken taken -> {
                intake.taken(order, taken.id());
                yield true;
            }
            case Outcome.Refused refused -> {
                LOG.log(
                        Level.WARNING,
                        "legacy refused order " + order.reference() + ": " + refused.reason());
                intake.refused(order, refused.reason());
                yield true;
            }
            case Outcome.NoAnswer none -> {
                LOG.log(
                        Level.DEBUG,
                        () -> "order " + order.reference() + " waits on: " + none.why());
                yield false;
            }
        };
    }

    private Outcome send(Waiting order) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(orders)
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .header(ShopRoutes.REFERENCE, order.reference())
                        .POST(BodyPublishers.ofString(order.body()))
                        .build();
        try {
            return outcome(http.send(request, BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            return new Outcome.NoAnswer(e.toString());
        }
    }

    private static Outcome outcome(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        try {
            if (status == 200 || status == 201) {
                long id = Json.tree(response.body()).path("id").asLong();
                return id > 0 ? new Outcome.Taken(id) : new Outcome.NoAnswer("answer without id");
            }
            boolean forGood = status >= 400 && status < 500 && status != 408 && status != 429;
            return forGood
                    ? new Outcome.Refused(
                            Json.tree(response.body()).path("detail").asText("status " + status))
                    : new Outcome.NoAnswer("status " + status);
        } catch (Problem e) {
            return new Outcome.NoAnswer("status " + status + " without JSON");
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join(Duration.ofSeconds(2));
        http.shutdownNow();
    }
}
