package dev.slipway.shop.cache;

import org.jspecify.annotations.Nullable;

import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisDataException;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What a Redis says of itself. Null is what it did not say, or does not tell this user.
///
/// @param keys of the database that is used
/// @param bytes that it uses in all
/// @param maxBytes its limit; null also if it has none
/// @param evictions since its start
record RedisFigures(
        @Nullable Long keys,
        @Nullable Long bytes,
        @Nullable Long maxBytes,
        @Nullable Long evictions) {

    static RedisFigures of(RedisClient client) {
        Map<String, String> said = new HashMap<>();
        told(client::info)
                .orElse("")
                .lines()
                .forEach(
                        line -> {
                            int colon = line.indexOf(':');
                            if (colon > 0) {
                                said.put(line.substring(0, colon), line.substring(colon + 1));
                            }
                        });
        Long limit = number(said.get("maxmemory"));
        return new RedisFigures(
                told(client::dbSize).orElse(null),
                number(said.get("used_memory")),
                limit == null || limit == 0 ? null : limit,
                number(said.get("evicted_keys")));
    }

    /// Empty if it answers that it does not say: its users may be let no more than read and write,
    /// and the cache works all the same.
    private static <T> Optional<T> told(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (JedisDataException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Long number(@Nullable String text) {
        return text != null && text.strip().matches("[0-9]{1,18}")
                ? Long.valueOf(text.strip())
                : null;
    }
}
