package dev.slipway.sandbox.visitors;

import dev.slipway.sandbox.generate.Size;
import dev.slipway.shop.http.Ask;
import dev.slipway.shop.http.Problem;
import dev.slipway.shop.http.Reply;
import dev.slipway.shop.http.Route;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Brings the visitors to the shop once it can be reached, at the wanted rate or at one that suits
/// the machine and goes on suiting it, and lets the rate be changed.
public final class Crowd implements AutoCloseable {
    /// The most requests per second that visitors can be asked for.
    public static final double MOST_PER_SECOND = 1_000;

    private static final Logger LOG = System.getLogger(Crowd.class.getName());
    private static final String ROUTE = "/edge/v1/visitors";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private final long seed;
    private final Size size;
    private final List<Pool> pools;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
    private final Thread starter;
    private Optional<Double> wanted;
    private @Nullable Visitors visitors;

    /// Where a pool can be asked beside the edge.
    public record Pool(URI url, Optional<String> token) {}

    /// The wire's shape for asking: how many requests per second.
    public record Rate(double perSecond) {}

    /// The wire's shape for answering.
    ///
    /// @param underWay requests that have no answer yet
    /// @param unsent visits that could not be sent, since too many were under way
    public record State(double perSecond, int underWay, long sent, long unsent, boolean started) {}

    /// @param wanted requests per second; empty to measure what suits
    /// @param pools whose pages tell what there is, the first that answers; the first is measured
    public Crowd(long seed, Size size, Optional<Double> wanted, URI edge, List<Pool> pools) {
        this.seed = seed;
        this.size = size;
        this.wanted = wanted;
        this.pools = List.copyOf(pools);
        this.starter = Thread.ofPlatform().name("crowd").daemon().unstarted(() -> begin(edge));
    }

    public void start() {
        starter.start();
    }

    /// The commands about visitors.
    public static List<Route> routes(java.util.function.Supplier<Crowd> crowd) {
        return List.of(
                new Route("GET", ROUTE, _ -> Reply.ok(crowd.get().state())),
                new Route("PUT", ROUTE, ask -> Reply.ok(crowd.get().set(ask))));
    }

    private synchronized State set(Ask ask) {
        double rate = ask.body(Rate.class).perSecond();
        if (!(rate >= 0 && rate <= MOST_PER_SECOND)) {
            throw Problem.notPossible("'perSecond' is from 0 to " + (int) MOST_PER_SECOND + ".");
        }
        wanted = Optional.of(rate);
        if (visitors != null) {
            visitors.perSecond(rate);
        }
        return state();
    }

    private synchronized State state() {
        return visitors == null
                ? new State(wanted.orElse(0.0), 0, 0, 0, false)
                : new State(
                        visitors.perSecond(),
                        visitors.underWay(),
                        visitors.sent(),
                        visitors.unsent(),
                        true);
    }

    private void begin(URI edge) {
        try {
            Assortment assortment = assortment();
            double rate = wantedNow().isPresent() ? wantedNow().get() : measured(assortment);
            synchronized (this) {
                visitors = Visitors.start(edge, seed, habits(seed, assortment));
                visitors.perSecond(wanted.orElse(rate));
            }
            LOG.log(Level.INFO, "visitors come at {0} requests per second", state().perSecond());
            while (suits()) {
                new Semaphore(0).tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Lets fewer or more in as legacy bears them, unless someone has said how many.
    ///
    /// @return whether that is to go on
    private synchronized boolean suits() {
        if (wanted.isPresent() || visitors == null) {
            return false;
        }
        Pace.Seen seen = visitors.pace().look();
        double rate = visitors.perSecond();
        double next = Pace.next(rate, seen);
        if (next != rate) {
            LOG.log(Level.INFO, "legacy: {0}; visitors come at {1} per second", seen, next);
            visitors.perSecond(next);
        }
        return true;
    }

    private synchronized Optional<Double> wantedNow() {
        return wanted;
    }

    private Habits habits(long seed, Assortment assortment) {
        String run = UUID.randomUUID().toString().substring(0, 13);
        return new Habits(seed, assortment, size.customers(), size.orders(), run);
    }

    private Assortment assortment() throws InterruptedException {
        while (true) {
            for (Pool pool : pools) {
                try {
                    return Assortment.read(target -> get(pool, target));
                } catch (IOException e) {
                    LOG.log(Level.DEBUG, "{0} does not show its pages yet", pool.url());
                }
            }
            new Semaphore(0).tryAcquire(1, TimeUnit.SECONDS);
        }
    }

    private double measured(Assortment assortment) throws InterruptedException {
        // another seed than the visits': measuring must not warm what will be asked
        Habits habits = habits(~seed, assortment);
        while (true) {
            try {
                return Calibration.measure(habits, target -> get(pools.getFirst(), target));
            } catch (IOException e) {
                LOG.log(Level.WARNING, "legacy can't be measured yet: {0}", e.getMessage());
                new Semaphore(0).tryAcquire(2, TimeUnit.SECONDS);
            }
        }
    }

    private byte[] get(Pool pool, String target) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(pool.url().resolve(target)).timeout(PATIENCE);
        pool.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
        if (response.statusCode() >= 500 || response.statusCode() == 401) {
            throw new IOException(target + " was answered " + response.statusCode());
        }
        return response.body();
    }

    @Override
    public void close() throws InterruptedException {
        starter.interrupt();
        starter.join(Duration.ofSeconds(1));
        synchronized (this) {
            if (visitors != null) {
                visitors.close();
            }
        }
        http.shutdownNow();
    }
}
