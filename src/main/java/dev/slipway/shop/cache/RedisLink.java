package dev.slipway.shop.cache;

import org.jspecify.annotations.Nullable;

import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/// Asks a Redis within a time limit. The first question that fails or takes too long puts it away:
/// from then on no page waits for it, and a thread of its own finds out when it is back.
final class RedisLink implements AutoCloseable {
    private static final Logger LOG = System.getLogger(RedisLink.class.getName());
    private static final int DEFAULT_PORT = 6379;
    private static final int CONNECTIONS = 32;
    private static final long LOOK_MILLIS = 100;
    private static final Duration FIGURES_EVERY = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /// One that goes away again within this time is tried more rarely.
    private static final Duration STEADY = Duration.ofSeconds(10);

    private final RedisClient client;
    private final InstantSource clock;
    private final String name;
    private final Consumer<RedisClient> beforeUse;
    private final AtomicReference<State> state;
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("redis-watch").daemon().factory());
    private volatile @Nullable RedisFigures figures;
    private volatile @Nullable Refusal refusal;
    private Instant nextFigures = Instant.EPOCH;
    private Duration pause = FIRST_PAUSE;
    private Instant nextTry = Instant.EPOCH;
    private Instant returned = Instant.EPOCH;

    /// How the Redis is.
    sealed interface State {
        record Up() implements State {}

        record Away(Instant since, String why) implements State {}
    }

    private record Refusal(String why, Instant at) {}

    /// It counts as away until the first look, which is at once.
    ///
    /// @param beforeUse called before it is used again, and now and then
    RedisLink(CacheSettings.Redis settings, InstantSource clock, Consumer<RedisClient> beforeUse) {
        this.client = client(settings);
        this.clock = clock;
        this.name = settings.toString();
        this.beforeUse = beforeUse;
        this.state = new AtomicReference<>(new State.Away(clock.instant(), "not asked yet"));
        look();
        watch.scheduleWithFixedDelay(
                this::lookQuietly, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static RedisClient client(CacheSettings.Redis settings) {
        URI url = settings.url();
        int millis = Math.toIntExact(settings.patience().toMillis());
        var config =
                DefaultJedisClientConfig.builder()
                        .connectionTimeoutMillis(millis)
                        .socketTimeoutMillis(millis)
                        .database(url.getPath().length() < 2 ? 0 : database(url))
                        .clientName("slipway-shop");
        if ("rediss".equals(url.getScheme())) {
            config.sslOptions(SslOptions.defaults());
        }
        if (!settings.user().isEmpty()) {
            config.user(settings.user());
        }
        if (!settings.password().isEmpty()) {
            config.password(settings.password());
        }
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        pool.setMaxWait(settings.patience());
        // whether a connection still works shows when it is used; away is cheaper than a test
        pool.setTestWhileIdle(false);
        pool.setJmxEnabled(false);
        int port = url.getPort() < 0 ? DEFAULT_PORT : url.getPort();
        return RedisClient.builder()
                .hostAndPort(new HostAndPort(url.getHost(), port))
                .clientConfig(config.build())
                .poolConfig(pool)
                .build();
    }

    private static int database(URI url) {
        return Integer.parseInt(url.getPath().substring(1));
    }

    /// Asks it; empty if it is away, or goes away over this question.
    <T> Optional<T> ask(Function<RedisClient, T> question) {
        return state.get() instanceof State.Away ? Optional.empty() : askAnyway(question);
    }

    /// Asks it even if it counts as away, for what others must not miss: it may take the time
    /// limit. That it answered does not put it back to use.
    <T> Optional<T> askAnyway(Function<RedisClient, T> question) {
        try {
            return Optional.of(question.apply(client));
        } catch (JedisDataException e) {
            // it answers, and refuses: it is full, or something else stands there
            refusal = new Refusal(why(e), clock.instant());
            return Optional.empty();
        } catch (JedisException e) {
            away(e);
            return Optional.empty();
        }
    }

    /// What it refused lately, in its words; empty if nothing.
    String refused() {
        Refusal last = refusal;
        return last != null && last.at().plus(STEADY).isAfter(clock.instant()) ? last.why() : "";
    }

    State state() {
        return state.get();
    }

    /// What it said of itself last; empty if that is not known now.
    Optional<RedisFigures> figures() {
        return state.get() instanceof State.Up ? Optional.ofNullable(figures) : Optional.empty();
    }

    private void away(JedisException e) {
        State before = state.get();
        if (before instanceof State.Up
                && state.compareAndSet(before, new State.Away(clock.instant(), why(e)))) {
            LOG.log(Level.WARNING, "{0} is away, the database answers: {1}", name, why(e));
            // its connections may wait for answers to what was asked before
            client.getPool().clear();
        }
    }

    /// In a few words: the cause says more than the wrapping.
    private static String why(JedisException e) {
        Throwable last = e;
        while (last.getCause() != null && last.getCause() != last) {
            last = last.getCause();
        }
        String text = String.valueOf(last.getMessage());
        return text.length() > 200 ? text.substring(0, 200) : text;
    }

    private void lookQuietly() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the Redis could not be looked at", e);
        }
    }

    private void look() {
        Instant now = clock.instant();
        switch (state.get()) {
            case State.Away away when !now.isBefore(nextTry) -> tryAgain(away, now);
            case State.Away _ -> {}
            case State.Up _ when !now.isBefore(nextFigures) -> {
                nextFigures = now.plus(FIGURES_EVERY);
                ask(RedisFigures::of).ifPresent(found -> figures = found);
            }
            case State.Up _ -> ask(this::ready);
        }
    }

    private boolean ready(RedisClient asked) {
        beforeUse.accept(asked);
        return true;
    }

    private void tryAgain(State.Away away, Instant now) {
        boolean again = returned.isAfter(away.since().minus(STEADY));
        try {
            client.ping();
            beforeUse.accept(client);
            figures = RedisFigures.of(client);
            pause = again ? longer() : FIRST_PAUSE;
            nextTry = now.plus(pause);
            returned = now;
            nextFigures = now.plus(FIGURES_EVERY);
            state.set(new State.Up());
            LOG.log(Level.INFO, "{0} answers", name);
        } catch (JedisException e) {
            nextTry = now.plus(longer());
            state.set(new State.Away(away.since(), why(e)));
        }
    }

    private Duration longer() {
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
        return pause;
    }

    @Override
    public void close() {
        watch.shutdownNow();
        client.close();
    }
}
