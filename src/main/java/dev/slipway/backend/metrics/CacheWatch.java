package dev.slipway.backend.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;
import dev.slipway.api.metrics.CacheStatus;
import dev.slipway.backend.rounds.Rounds;
import dev.slipway.backend.stream.LiveFeed;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Asks the processes of the shop how their cache does, every two seconds, and tells what is
/// different.
public final class CacheWatch implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long MOST_BYTES = 1L << 20;
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final List<URI> shops;
    private final LiveFeed feed;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final Map<URI, CacheCounts> counts = new LinkedHashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
    private final Rounds rounds = new Rounds(CacheWatch.class, "cache-watch");
    private volatile List<CacheStatus> latest = List.of();

    /// @param shops the processes
    public CacheWatch(List<URI> shops, LiveFeed feed, ObjectMapper json, InstantSource clock) {
        this.shops = List.copyOf(shops);
        this.feed = feed;
        this.json = json;
        this.clock = clock;
    }

    public void start() {
        if (!shops.isEmpty()) {
            rounds.every(EVERY, "the shop's cache could not be looked at", this::look);
        }
    }

    public List<CacheStatus> latest() {
        return latest;
    }

    public List<Change> snapshot() {
        return latest.stream().map(this::change).toList();
    }

    /// Asks each once.
    void look() throws InterruptedException {
        List<CacheStatus> fresh = new ArrayList<>();
        for (URI shop : shops) {
            CacheStatus status = status(shop);
            fresh.add(status);
            feed.push(change(status));
        }
        latest = List.copyOf(fresh);
    }

    private Change change(CacheStatus status) {
        return new Change(Kind.CACHE.wire(), status.shop(), clock.instant(), status);
    }

    private CacheStatus status(URI shop) throws InterruptedException {
        try {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(URI.create(shop + "/shop/v1/health"))
                                    .timeout(PATIENCE)
                                    .build(),
                            BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
            JsonNode cache = json.readTree(answer.body()).path("cache");
            return answer.statusCode() == 200 && cache.isObject()
                    ? status(shop, cache)
                    : unreachable(shop, "the shop said nothing of its cache");
        } catch (IOException e) {
            return unreachable(shop, "the shop does not answer");
        }
    }

    private CacheStatus status(URI shop, JsonNode cache) {
        Instant now = clock.instant();
        CacheCounts counted = counts.computeIfAbsent(shop, _ -> new CacheCounts());
        Long hits = number(cache, "hits");
        Long misses = number(cache, "misses");
        Long loads = number(cache, "loads");
        if (hits != null && misses != null && loads != null) {
            counted.add(now, hits, misses, loads);
        }
        return new CacheStatus(
                shop.toString(),
                true,
                cache.path("where").asText(""),
                counted.hitRatio(),
                counted.asked(),
                counted.loads(),
                number(cache, "entries"),
                number(cache, "bytes"),
                number(cache, "maxBytes"),
                number(cache, "evictions"),
                instant(cache.path("awaySince")),
                cache.path("problem").asText(""),
                now);
    }

    private static @Nullable Long number(JsonNode cache, String name) {
        JsonNode value = cache.path(name);
        return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
    }

    private static @Nullable Instant instant(JsonNode value) {
        try {
            return value.isTextual() ? Instant.parse(value.textValue()) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /// All that was known of it is of an earlier time.
    private CacheStatus unreachable(URI shop, String why) {
        CacheStatus before =
                latest.stream()
                        .filter(each -> each.shop().equals(shop.toString()))
                        .findFirst()
                        .orElse(null);
        return new CacheStatus(
                shop.toString(),
                false,
                before == null ? "" : before.where(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                why,
                before == null ? null : before.asOf());
    }

    @Override
    public void close() {
        rounds.breakOff();
        http.shutdownNow();
    }
}
