package dev.slipway.console.pictures;

import dev.slipway.api.access.Role;
import dev.slipway.api.tasks.Picture;
import dev.slipway.api.tasks.PictureRun;
import dev.slipway.api.tasks.PictureState;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.PagedViewModel;
import dev.slipway.console.table.Pages;
import dev.slipway.console.table.Rows;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The pictures of the run that is looked at.
public final class PictureListViewModel {
    /// While no run is looked at.
    private static final LoadState<Listing<Picture>> NONE =
            new LoadState.Ready<>(new Listing<>(List.of(), null, null), Instant.EPOCH);

    private final Pages<Asked, Picture> pages;
    private final Commander loader;
    private final Wording words;
    private final ObservableList<PictureRow> pictures = FXCollections.observableArrayList();
    private final PagedViewModel<Picture> paged;
    private final ObjectProperty<Shown> shown =
            new SimpleObjectProperty<>(this, "shown", Shown.ALL);
    private final ReadOnlyObjectWrapper<Optional<Asked>> asked =
            new ReadOnlyObjectWrapper<>(this, "asked", Optional.empty());
    private final Gate online;
    private final Gate moreGate;
    private @Nullable PictureRun run;
    private boolean pagedOn;

    /// Which pictures of a run are shown.
    public enum Shown {
        ALL(null),
        MADE(PictureState.MADE),
        KNOWN(PictureState.KNOWN),
        REJECTED(PictureState.REJECTED);

        private final @Nullable PictureState state;

        Shown(@Nullable PictureState state) {
            this.state = state;
        }

        /// Null for any.
        @Nullable PictureState state() {
            return state;
        }
    }

    /// A list of pictures.
    ///
    /// @param state those in it alone, or null for all
    public record Asked(String run, @Nullable PictureState state) {}

    /// @param loader for pages of pictures alone
    public PictureListViewModel(
            Pages<Asked, Picture> pages, Commander loader, Access access, Wording words) {
        this.pages = pages;
        this.loader = loader;
        this.words = words;
        this.paged = new PagedViewModel<>(Picture::name, words);
        this.online = access.to(Role.values());
        this.moreGate = online.also(loader.busy()).also(paged.noMore());
        show(NONE);
        shown.subscribe(_ -> another());
    }

    /// @param fresh the run that is looked at, as it now stands, or null
    public void look(@Nullable PictureRun fresh) {
        PictureRun before = run;
        run = fresh;
        if (!another() && fresh != null && !fresh.equals(before)) {
            refresh();
        }
    }

    /// @return whether another list is looked at now
    private boolean another() {
        PictureRun now = run;
        Optional<Asked> list =
                now == null
                        ? Optional.empty()
                        : Optional.of(new Asked(now.id(), shown.get().state()));
        if (list.equals(asked.get())) {
            return false;
        }
        pagedOn = false;
        asked.set(list);
        show(list.isPresent() ? new LoadState.Loading<>() : NONE);
        refresh();
        return true;
    }

    /// What is kept of the list that is looked at.
    public void show(LoadState<Listing<Picture>> fresh) {
        paged.show(fresh);
        List<PictureRow> rows =
                paged.items().stream().map(picture -> PictureRow.of(picture, words)).toList();
        Rows.show(pictures, rows, row -> row.picture().name());
    }

    /// Loads the first page, unless someone has paged on: rows would go away from under their eyes.
    public void refresh() {
        Asked now = asked.get().orElse(null);
        if (now != null && !pagedOn && online.open() && loader.busy().get().isEmpty()) {
            loader.quietly(() -> pages.load(now, null), _ -> againIfAnother(now));
        }
    }

    /// Another list was chosen while the first was on its way.
    private void againIfAnother(Asked loaded) {
        if (!asked.get().equals(Optional.of(loaded))) {
            refresh();
        }
    }

    public void more() {
        Asked now = asked.get().orElse(null);
        if (now != null && moreGate.open()) {
            pagedOn = true;
            String next = paged.next();
            loader.give(() -> pages.load(now, next), _ -> againIfAnother(now));
        }
    }

    public ObservableList<PictureRow> pictures() {
        return pictures;
    }

    public PagedViewModel<Picture> paged() {
        return paged;
    }

    public ObjectProperty<Shown> shown() {
        return shown;
    }

    /// The list that is to be observed.
    public ReadOnlyObjectProperty<Optional<Asked>> asked() {
        return asked.getReadOnlyProperty();
    }

    public Gate moreGate() {
        return moreGate;
    }

    /// Whether the backend can be asked.
    public Gate online() {
        return online;
    }
}
