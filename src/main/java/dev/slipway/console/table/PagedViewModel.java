package dev.slipway.console.table;

import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Wording;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/// What of a long list is here, and whether there is more on the server.
public final class PagedViewModel<T> {
    private final Function<T, ?> key;
    private final Wording words;
    private final ObservableList<T> items = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper extent = new ReadOnlyStringWrapper(this, "extent", "");
    private final ReadOnlyStringWrapper noMore = new ReadOnlyStringWrapper(this, "noMore", "");
    private final ReadOnlyObjectWrapper<LoadState<Listing<T>>> state =
            new ReadOnlyObjectWrapper<>(this, "state", new LoadState.Idle<>());
    private @Nullable String next;

    /// @param key what makes two items the same thing
    public PagedViewModel(Function<T, ?> key, Wording words) {
        this.key = key;
        this.words = words;
        noMore.set(words.say("pages.none"));
    }

    public void show(LoadState<Listing<T>> fresh) {
        state.set(fresh);
        Listing<T> listing = fresh.value().orElse(new Listing<>(java.util.List.of(), null, null));
        Rows.show(items, listing.items(), key);
        next = listing.next();
        noMore.set(next == null ? words.say("pages.all") : "");
        extent.set(extent(fresh, listing));
    }

    /// `200 of 1,000,000 kept`: offline it says kept, for that is all that can be seen.
    private String extent(LoadState<Listing<T>> fresh, Listing<T> listing) {
        if (fresh.value().isEmpty()) {
            return "";
        }
        String here = Figures.count(listing.items().size());
        boolean stale = fresh instanceof LoadState.Stale;
        Long total = listing.total();
        if (total != null) {
            return words.say(stale ? "pages.keptOf" : "pages.shownOf", here, Figures.count(total));
        }
        String more = listing.next() == null ? here : here + "+";
        return words.say(stale ? "pages.kept" : "pages.shown", more);
    }

    public ReadOnlyObjectProperty<LoadState<Listing<T>>> state() {
        return state.getReadOnlyProperty();
    }

    public ObservableList<T> items() {
        return items;
    }

    /// How much of the list is here.
    public ReadOnlyStringProperty extent() {
        return extent.getReadOnlyProperty();
    }

    /// Empty while there is a further page.
    public ReadOnlyStringProperty noMore() {
        return noMore.getReadOnlyProperty();
    }

    /// The cursor of the next page.
    public @Nullable String next() {
        return next;
    }
}
