package dev.slipway.client.offline;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A question to the offline store.
///
/// @param topics what it reads: kinds by their wire name, or a listing's key; when one of them
///   changes it is asked again
/// @param pace the least time between two answers
public record Query<T>(Set<String> topics, Duration pace, Read<T> read) {
    /// As often as the screen can show it.
    public static final Duration LIVE = Duration.ofMillis(100);

    public Query {
        topics = Set.copyOf(topics);
    }

    /// Reads it, off the UI thread. Empty if nothing of the sort was ever loaded.
    @FunctionalInterface
    public interface Read<T> {
        Optional<Found<T>> from(Shelf shelf) throws SQLException;
    }

    /// What was found.
    ///
    /// @param at when it was fetched; null if the live stream keeps it fresh
    public record Found<T>(T data, @Nullable Instant at) {}
}
