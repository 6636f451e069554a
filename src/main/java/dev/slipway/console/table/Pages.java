package dev.slipway.console.table;

import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.Listing;

import org.jspecify.annotations.Nullable;

/// Brings pages of a long list into the offline store, from where the screen reads them.
///
/// @param <Q> what a list is asked for by
@FunctionalInterface
public interface Pages<Q, T> {

    /// Blocks until the page stands in the store.
    ///
    /// @param cursor of the page, or null for the first, which begins the list anew
    /// @return all that is kept of the list then
    Listing<T> load(Q list, @Nullable String cursor) throws ProblemException;

    /// The whole list from its beginning, or as much of it as there may be.
    default Listing<T> loadAll(Q list, int most) throws ProblemException {
        Listing<T> kept = load(list, null);
        String next = kept.next();
        while (next != null && kept.items().size() < most) {
            kept = load(list, next);
            next = kept.next();
        }
        return kept;
    }
}
