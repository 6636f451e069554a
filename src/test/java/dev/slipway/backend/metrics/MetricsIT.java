package dev.slipway.backend.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.Page;
import dev.slipway.api.events.Change;
import dev.slipway.api.metrics.Interval;
import dev.slipway.api.metrics.Pool;
import dev.slipway.api.metrics.Window;
import dev.slipway.backend.edge.Edge;
import dev.slipway.backend.http.WireJson;
import dev.slipway.testing.FakeEdge;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/// From the edge's answer to what a console sees.
class MetricsIT {
    private static final Instant START = Instant.parse("2026-11-22T03:00:00Z");

    private final ObjectMapper json = WireJson.mapper();
    private final List<Change> pushed = new ArrayList<>();
    private final List<Raw> all = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private FakeEdge edge;

    @SuppressWarnings("NullAway.Init")
    private MetricsStore store;

    @SuppressWarnings("NullAway.Init")
    private Metrics metrics;

    @SuppressWarnings("NullAway.Init")
    private EdgeScraper scraper;

    @BeforeEach
    void open(@TempDir Path temp) throws IOException {
        folder = temp;
        edge = FakeEdge.start();
        store = MetricsStore.at(folder);
        metrics = new Metrics(store, pushed::add);
        scraper = scraper();
    }

    @AfterEach
    void close() {
        scraper.close();
        store.close();
        edge.close();
    }

    @Test
    void theSameAnswerTwiceIsRecordedOnce() throws Exception {
        measure("e1", 0, 1);
        scraper.scrape();
        List<Window> once = metrics.windows();
        scraper.scrape();

        assertThat(metrics.windows()).isEqualTo(once);
        assertThat(window(metrics, "*", Duration.ofHours(1)).latency().n())
                .isEqualTo(Raw.count(of(Pool.NEW, "*")));
        assertThat(edge.asked.get(1)).endsWith("after=4");
    }

    @Test
    void allRoutesAreMergedAndToldAsOne() throws Exception {
        measure("e1", 0, 1);
        scraper.scrape();

        Interval together =
                pushed.stream()
                        .map(Change::value)
                        .filter(Interval.class::isInstance)
                        .map(Interval.class::cast)
                        .filter(i -> i.route().equals("*") && i.pool() == Pool.NEW)
                        .findFirst()
                        .orElseThrow();
        double p50 = Raw.percentile(of(Pool.NEW, "*"), 50);
        assertThat(together.latency().p50()).isCloseTo(p50, within(p50 / 1_000));
        assertThat(together.millis()).isEqualTo(1_000);
        assertThat(pushed)
                .filteredOn(c -> c.kind().equals("interval"))
                .extracting(Change::id)
                .containsExactlyInAnyOrder(
                        "LEGACY|/products|1795316400000",
                        "LEGACY|/orders|1795316400000",
                        "NEW|/products|1795316400000",
                        "NEW|/orders|1795316400000",
                        "LEGACY|*|1795316400000",
                        "NEW|*|1795316400000");
    }

    @Test
    void anEdgeThatWasStartedAnewIsFollowedAlthoughItCountsFromOneAgain() throws Exception {
        measure("e1", 0, 50);
        scraper.scrape();
        edge.intervals = "[]";
        for (int i = 0; i < 5; i++) {
            scraper.scrape();
        }
        scraper.scrape();
        assertThat(edge.asked.getLast()).endsWith("after=0");
        measure("e2", 60, 61);
        scraper.scrape();
        edge.intervals = "[]";
        scraper.scrape();

        assertThat(edge.asked.getLast()).endsWith("after=0");
        assertThat(window(metrics, "*", Duration.ofHours(1)).latency().n())
                .isEqualTo(Raw.count(of(Pool.NEW, "*")));
    }

    @Test
    void afterARestartTheHourIsThereAgainAndTheEdgeIsAskedFromWhereItStood() throws Exception {
        measure("e1", 0, 100);
        scraper.scrape();
        List<Window> before = metrics.windows();
        store.close();
        store = MetricsStore.at(folder);
        metrics = new Metrics(store, pushed::add);
        metrics.load();
        scraper.close();
        scraper = scraper();

        assertThat(metrics.windows()).isEqualTo(before);
        scraper.scrape();
        assertThat(edge.asked.getLast()).endsWith("after=400");
    }

    @Test
    void intervalsAreReadPageByPageAndMergedOnRequest() throws Exception {
        measure("e1", 0, 125);
        scraper.scrape();

        List<Interval> single = read(null, 20);
        assertThat(single).hasSize(250);
        assertThat(single).isSortedAccordingTo((a, b) -> a.from().compareTo(b.from()));

        List<Interval> tens = read(Duration.ofSeconds(10), 5);
        // the thirteenth bucket is not measured to its end
        assertThat(tens).hasSize(24);
        for (Interval ten : tens) {
            List<Raw> inside =
                    of(ten.pool(), "*").stream()
                            .filter(r -> !r.from().isBefore(ten.from()))
                            .filter(r -> r.from().isBefore(ten.from().plusSeconds(10)))
                            .toList();
            double p95 = Raw.percentile(inside, 95);
            assertThat(ten.latency().n()).isEqualTo(Raw.count(inside));
            assertThat(ten.latency().p95()).isCloseTo(p95, within(p95 / 1_000));
            assertThat(ten.millis()).isEqualTo(10_000);
        }
        assertThat(read(Duration.ofSeconds(30), 1)).hasSize(8);
        assertThat(read(Duration.ofMinutes(1), 100)).hasSize(4);
        assertThat(read(Duration.ofMinutes(2), 100)).hasSize(2);
        assertThat(read(Duration.ofMinutes(3), 100)).isEmpty();
    }

    @Test
    void oneRouteOfOnePoolCanBeAskedFor() throws Exception {
        measure("e1", 0, 20);
        scraper.scrape();

        for (Duration every : new Duration[] {null, Duration.ofSeconds(10)}) {
            var query = new IntervalQuery(Instant.EPOCH, Pool.NEW, "/orders", every, 100);
            List<Interval> found = metrics.intervals(query).items();
            assertThat(found)
                    .allMatch(i -> i.pool() == Pool.NEW && i.route().equals("/orders"))
                    .hasSize(every == null ? 20 : 2);
            assertThat(found.stream().mapToLong(i -> i.latency().n()).sum())
                    .isEqualTo(Raw.count(of(Pool.NEW, "/orders")));
        }
    }

    @Test
    void aDayIsKeptAndNoMore() throws Exception {
        measure("e1", 0, 1);
        scraper.scrape();
        measure("e1", 86_500, 86_501);
        scraper.scrape();

        assertThat(read(null, 100))
                .extracting(Interval::from)
                .containsOnly(START.plusSeconds(86_500));
    }

    @Test
    void aRowThatContradictsItselfIsLeftOutAndTheOthersCount() throws Exception {
        measure("e1", 0, 1);
        edge.intervals = edge.intervals.replaceFirst("\"requests\":\\d+", "\"requests\":999999");
        scraper.scrape();

        assertThat(pushed)
                .filteredOn(c -> c.id().contains("/"))
                .filteredOn(c -> c.kind().equals("interval"))
                .hasSize(3);
    }

    @Test
    void anAnswerThatIsNoAnswerChangesNothing() throws Exception {
        for (String answer :
                List.of("{}", "[{}]", "[null]", "no", "", "[{\"seq\":1,\"epoch\":null}]")) {
            edge.intervals = answer;
            assertThatThrownBy(scraper::scrape).isInstanceOf(IOException.class);
        }
        edge.close();
        assertThatThrownBy(scraper::scrape).isInstanceOf(IOException.class);
        assertThat(metrics.windows()).isEmpty();
    }

    private EdgeScraper scraper() {
        return new EdgeScraper(new Edge(edge.url(), FakeEdge.TOKEN), metrics, store, json);
    }

    /// Has the edge tell of some seconds: two routes of two pools each.
    private void measure(String epoch, int from, int to) throws JsonProcessingException {
        var random = new Random(from);
        List<EdgeInterval> told = new ArrayList<>();
        for (int second = from; second < to; second++) {
            for (Pool pool : Pool.values()) {
                for (String route : List.of("/products", "/orders")) {
                    long[] micros = random.longs(20, 1_000, 3_000_000).toArray();
                    var raw = new Raw(pool, route, START.plusSeconds(second), 1_000, micros);
                    all.add(raw);
                    Sample s = raw.sample();
                    told.add(
                            new EdgeInterval(
                                    told.size() + 1 + (epoch.equals("e1") ? 4L * from : 0),
                                    epoch,
                                    s.from(),
                                    s.millis(),
                                    pool.name().toLowerCase(Locale.ROOT),
                                    route,
                                    s.encoded(),
                                    20,
                                    s.errors(),
                                    s.orders(),
                                    s.orderValue(),
                                    s.currency()));
                }
            }
        }
        edge.intervals = json.writeValueAsString(told);
    }

    private List<Raw> of(Pool pool, String route) {
        return all.stream()
                .filter(r -> r.pool() == pool && (route.equals("*") || r.route().equals(route)))
                .toList();
    }

    private List<Interval> read(@Nullable Duration every, int limit) {
        List<Interval> read = new ArrayList<>();
        Instant after = Instant.EPOCH;
        while (true) {
            Page<Interval> page =
                    metrics.intervals(new IntervalQuery(after, null, "*", every, limit));
            read.addAll(page.items());
            if (page.next() == null) {
                return read;
            }
            after = Instant.parse(page.next());
        }
    }

    private static Window window(Metrics metrics, String route, Duration length) {
        Stream<Window> windows = metrics.windows().stream().filter(w -> w.pool() == Pool.NEW);
        return windows.filter(w -> w.route().equals(route) && w.window().equals(length))
                .findFirst()
                .orElseThrow();
    }
}
