package dev.slipway.client.offline;

import dev.slipway.api.events.Kind;

import java.util.Set;
import java.util.function.Function;

/// A list that the server searches and serves by pages, and of which the pages seen are kept.
///
/// @param key names the list with everything that it was searched by
/// @param id names an item among its kind, as the live stream does: what arrives there changes the
///   item here
public record ListQuery<T>(String key, Kind kind, Class<T> type, Function<T, String> id) {

    /// The pages seen so far.
    public Query<Listing<T>> query() {
        return new Query<>(Set.of(key, kind.wire()), Query.LIVE, shelf -> shelf.listing(this));
    }
}
