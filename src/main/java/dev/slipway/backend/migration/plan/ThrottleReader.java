package dev.slipway.backend.migration.plan;

import dev.slipway.config.Section;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;

/// Reads a plan's `throttle`.
final class ThrottleReader {
    /// The run's own reads and the one that asks count, too: below this it would wait for itself.
    private static final int LEAST_THREADS = 4;

    private static final Duration SHORTEST_READ = Duration.ofMillis(10);

    private ThrottleReader() {}

    static Throttle read(@Nullable Section section) {
        if (section == null) {
            return Throttle.NONE;
        }
        try (section) {
            int threads = atLeast(section, "threads-running", LEAST_THREADS);
            Duration lag = duration(section, "replica-lag");
            List<String> replicas = section.texts("replicas");
            Duration p95 = duration(section, "page-p95");
            List<String> pages = section.texts("pages");
            int rows = atLeast(section, "rows-per-second", 1);
            Duration longest = duration(section, "longest-read");
            if (!replicas.isEmpty() && !section.has("replica-lag")) {
                section.problem("replicas", "'replicas' means nothing without 'replica-lag'");
            }
            if (!pages.isEmpty() && !section.has("page-p95")) {
                section.problem("pages", "'pages' means nothing without 'page-p95'");
            }
            pages.forEach(page -> page(section, page));
            if (longest != null && longest.compareTo(SHORTEST_READ) < 0) {
                section.problem("longest-read", "'longest-read' must be at least 10 ms");
            }
            return new Throttle(
                    threads,
                    lag,
                    replicas,
                    p95,
                    pages,
                    rows,
                    longest == null ? Throttle.LONGEST_READ : longest);
        }
    }

    private static int atLeast(Section section, String key, int least) {
        int number = section.integer(key, section.has(key) ? least : 0);
        if (section.has(key) && number < least) {
            section.problem(key, "'" + key + "' must be at least " + least);
        }
        return number;
    }

    private static @Nullable Duration duration(Section section, String key) {
        return section.has(key) ? Durations.read(section, key).orElse(null) : null;
    }

    private static void page(Section section, String page) {
        try {
            var address = new URI(page);
            boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (web && address.getHost() != null && address.getUserInfo() == null) {
                return;
            }
        } catch (URISyntaxException e) {
            // told below like any other
        }
        section.problem(
                "pages",
                "'pages' must be addresses such as https://shop.example/, not '" + page + "'");
    }
}
