package dev.slipway.shop.cache;

import dev.slipway.config.Configuration;
import dev.slipway.config.Section;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// What `cache` of the section `shop` says.
///
/// @param redis where a Redis is that the shop's processes share; empty for a cache in each process
/// @param maxBytes the most that a cache in the process takes
public record CacheSettings(Ages ages, long maxBytes, Optional<Redis> redis) {
    private static final long MEGABYTE = 1L << 20;
    private static final int LONGEST_SECONDS = 3_600;
    private static final int LARGEST_MEGABYTES = 4_096;
    private static final int LONGEST_PATIENCE_MILLIS = 2_000;

    /// In the process, as it is without configuration.
    public static final CacheSettings STANDARD =
            new CacheSettings(
                    new Ages(Duration.ofSeconds(10), Duration.ofSeconds(20)),
                    32 * MEGABYTE,
                    Optional.empty());

    /// @param url `redis://host:port[/database]`, or `rediss:` for TLS
    /// @param user empty for Redis's default one
    /// @param password empty for none
    /// @param patience how long one question to it may take
    /// @param largest bytes of an answer; larger ones are not kept
    public record Redis(URI url, String user, String password, Duration patience, int largest) {
        @Override
        public String toString() {
            return "Redis at " + url;
        }
    }

    /// @param section null if it is not configured
    public static CacheSettings read(Configuration configuration, @Nullable Section section) {
        if (section == null) {
            return STANDARD;
        }
        try (section) {
            var ages =
                    new Ages(
                            seconds(section, "fresh-seconds", STANDARD.ages.fresh(), 1),
                            seconds(section, "stale-seconds", STANDARD.ages.stale(), 0));
            int megabytes = within(section, "max-megabytes", 32, 1, LARGEST_MEGABYTES);
            return new CacheSettings(ages, megabytes * MEGABYTE, redis(configuration, section));
        }
    }

    private static Optional<Redis> redis(Configuration configuration, Section section) {
        String url = section.textOrNull("url");
        String user = section.text("user", "");
        String password = configuration.secret(section, "password");
        int patience = within(section, "patience-millis", 50, 1, LONGEST_PATIENCE_MILLIS);
        int kilobytes = within(section, "largest-kilobytes", 1_024, 1, 65_536);
        if (url == null) {
            return Optional.empty();
        }
        if (!url.matches("rediss?://[^/?#@\\s]+(/[0-9]{1,3})?")) {
            section.problem(
                    "url",
                    "'url' must be like redis://127.0.0.1:6379, without a password: that stands in"
                            + " a file that 'password-file' names");
            return Optional.empty();
        }
        return Optional.of(
                new Redis(
                        URI.create(url),
                        user,
                        password,
                        Duration.ofMillis(patience),
                        kilobytes * 1024));
    }

    private static Duration seconds(Section section, String key, Duration otherwise, int least) {
        int usual = Math.toIntExact(otherwise.toSeconds());
        return Duration.ofSeconds(within(section, key, usual, least, LONGEST_SECONDS));
    }

    private static int within(Section section, String key, int otherwise, int least, int most) {
        int value = section.integer(key, otherwise);
        if (value < least || value > most) {
            section.problem(key, "'" + key + "' must be " + least + " to " + most);
            return otherwise;
        }
        return value;
    }
}
