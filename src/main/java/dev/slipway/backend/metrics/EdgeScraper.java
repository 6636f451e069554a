package dev.slipway.backend.metrics;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.backend.edge.Edge;
import dev.slipway.backend.metrics.MetricsStore.Numbered;
import dev.slipway.backend.metrics.MetricsStore.Position;
import dev.slipway.backend.rounds.Rounds;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Fetches what the edge measured, once a second, each interval once. What piled up while this
/// process or the edge was away is fetched afterwards.
public final class EdgeScraper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EdgeScraper.class.getName());

    /// After so many empty answers it asks from the beginning once: an edge that was started anew
    /// counts from 1 and has nothing after a number that the one before it had reached.
    private static final int PATIENCE = 5;

    private static final int MOST_PATIENCE = 600;

    private final Edge edge;
    private final Metrics metrics;
    private final MetricsStore store;
    private final ObjectMapper json;
    private final Rounds rounds = new Rounds(EdgeScraper.class, "edge-scraper");
    private @Nullable Position position;
    private int empty;
    private int patience = PATIENCE;
    private boolean away;

    public EdgeScraper(Edge edge, Metrics metrics, MetricsStore store, ObjectMapper json) {
        this.edge = edge;
        this.metrics = metrics;
        this.json =
                json.copy()
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
        this.store = store;
    }

    public void start() {
        rounds.once("what was measured before could not be read", metrics::load);
        rounds.every(
                Duration.ofSeconds(1),
                "the edge's figures could not be recorded",
                this::scrapeOrWait);
    }

    @Override
    public void close() {
        rounds.breakOff();
    }

    private void scrapeOrWait() throws InterruptedException {
        try {
            scrape();
            if (away) {
                LOG.log(INFO, "the edge at {0} answers again", edge.url());
            }
            away = false;
        } catch (IOException e) {
            if (!away) {
                LOG.log(WARNING, "the edge at {0} gives no figures: {1}", edge.url(), e);
            }
            away = true;
        }
    }

    /// Fetches and records once.
    ///
    /// @throws IOException if the edge gave no usable answer
    void scrape() throws IOException, InterruptedException {
        Position before = position == null ? store.position() : position;
        boolean fromTheBeginning = empty >= patience;
        long after = fromTheBeginning ? 0 : before.seq();
        List<EdgeInterval> given = fetch(after);
        int fresh = metrics.record(usable(given));
        position = before;
        if (fresh > 0) {
            EdgeInterval last = given.getLast();
            boolean skipped = after > 0 && !last.epoch().equals(before.epoch());
            position = new Position(last.epoch(), skipped ? 0 : last.seq());
            empty = 0;
            patience = PATIENCE;
        } else if (fromTheBeginning) {
            // it was the same edge, with nothing to tell: ask so more rarely
            empty = 0;
            patience = Math.min(MOST_PATIENCE, 2 * patience);
        } else {
            empty++;
        }
    }

    private List<EdgeInterval> fetch(long after) throws IOException, InterruptedException {
        String body = edge.get("/edge/v1/intervals?after=" + after);
        List<EdgeInterval> given = json.readValue(body, new TypeReference<>() {});
        if (given == null || given.stream().anyMatch(Objects::isNull)) {
            throw new IOException("the edge gave no list of intervals");
        }
        return given;
    }

    private static List<Numbered> usable(List<EdgeInterval> given) {
        List<Numbered> usable = new ArrayList<>();
        for (EdgeInterval interval : given) {
            try {
                usable.add(interval.checked());
            } catch (IllegalArgumentException e) {
                LOG.log(
                        WARNING,
                        "interval {0} of the edge is left out: {1}",
                        interval.seq(),
                        e.getMessage());
            }
        }
        return usable;
    }
}
