package dev.slipway.backend.tasks.pool;

import dev.slipway.config.Configuration;
import dev.slipway.config.Section;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The entry `on-demand` of the section `workers`.
///
/// @param types of the jobs that are worth a worker of their own
/// @param atMost workers at once
/// @param idle after so long without a job a worker ends
/// @param heapMegabytes of each
public record PoolSettings(List<String> types, int atMost, Duration idle, int heapMegabytes) {
    private static final int MOST = 32;
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,6}) *(s|min|h)");

    public PoolSettings {
        types = List.copyOf(types);
    }

    /// Reads the entry; empty if the configuration has none.
    ///
    /// @throws dev.slipway.config.BadFile naming everything that is wrong
    public static Optional<PoolSettings> read(Configuration configuration) {
        Optional<PoolSettings> settings;
        try (Section workers = configuration.section("workers")) {
            settings = read(workers.section("on-demand"));
        }
        configuration.check();
        return settings;
    }

    private static Optional<PoolSettings> read(@Nullable Section pool) {
        if (pool == null) {
            return Optional.empty();
        }
        try (pool) {
            List<String> types = pool.texts("types");
            if (types.isEmpty()) {
                pool.problem("types", "'types' must name at least one type of job");
            }
            int atMost = pool.integer("at-most", 1);
            if (atMost < 1 || atMost > MOST) {
                pool.problem("at-most", "'at-most' must be 1 to " + MOST);
            }
            int heap = pool.integer("heap-megabytes", 256);
            if (heap < 64) {
                pool.problem("heap-megabytes", "'heap-megabytes' must be 64 or more");
            }
            return Optional.of(new PoolSettings(types, atMost, idle(pool), heap));
        }
    }

    private static Duration idle(Section pool) {
        String text = pool.text("idle", "60s");
        return span(text)
                .filter(span -> span.toSeconds() >= 1)
                .orElseGet(
                        () -> {
                            pool.problem("idle", "'idle' must be like 60s, 5min or 1h");
                            return Duration.ofMinutes(1);
                        });
    }

    /// `60s`, `5min`, `1h`
    public static Optional<Duration> span(String text) {
        Matcher span = SPAN.matcher(text.strip());
        if (!span.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(span.group(1));
        return Optional.of(
                switch (span.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "min" -> Duration.ofMinutes(number);
                    default -> Duration.ofHours(number);
                });
    }
}
