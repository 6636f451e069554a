package dev.slipway.client.offline;

import java.util.Set;
import java.util.function.Function;

/// A list that the server searches and serves by pages, and of which the pages seen are kept.
///
/// @param key names the list with everything that it was searched by
/// @param kind what the items are: the wire name of a [dev.slipway.api.events.Kind], or a name of
///   its own where the live stream does not carry them
/// @param id names an item among its kind, as the live stream does: what arrives there changes the
///   item here
public record ListQuery<T>(String key, String kind, Class<T> type, Function<T, String> id) {

    /// The pages seen so far.
    public Query<Listing<T>> query() {
        return new Query<>(Set.of(key, kind), Query.LIVE, shelf -> shelf.listing(this));
    }
}
