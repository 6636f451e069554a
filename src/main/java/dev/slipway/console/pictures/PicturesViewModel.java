package dev.slipway.console.pictures;

import dev.slipway.api.access.Role;
import dev.slipway.api.tasks.Picture;
import dev.slipway.api.tasks.PictureRun;
import dev.slipway.api.tasks.PictureState;
import dev.slipway.client.Problem;
import dev.slipway.client.ProblemException;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.Format;
import dev.slipway.console.table.PagedViewModel;
import dev.slipway.console.table.Pages;
import dev.slipway.console.table.Rows;

import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The runs over product pictures, the pictures of the one that is looked at, and what is done with
/// them.
public final class PicturesViewModel {
    private static final Role[] MAKERS = {Role.OPERATOR, Role.ONCALL};

    /// While no run is looked at.
    private static final LoadState<Listing<Picture>> NONE =
            new LoadState.Ready<>(new Listing<>(List.of(), null, null), Instant.EPOCH);

    private final PictureCommands commands;
    private final Pages<Asked, Picture> pages;
    private final Commander commander;
    private final Commander loader;
    private final Consumer<String> tell;
    private final Wording words;
    private final ObservableList<PictureRunRow> runs = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<LoadState<List<PictureRun>>> state =
            new ReadOnlyObjectWrapper<>(this, "state", new LoadState.Idle<>());
    private final ObservableList<PictureRow> pictures = FXCollections.observableArrayList();
    private final PagedViewModel<Picture> paged;
    private final ObjectProperty<@Nullable PictureRun> selected =
            new SimpleObjectProperty<>(this, "selected", null);
    private final ObjectProperty<Shown> shown =
            new SimpleObjectProperty<>(this, "shown", Shown.ALL);
    private final ReadOnlyObjectWrapper<Optional<Asked>> asked =
            new ReadOnlyObjectWrapper<>(this, "asked", Optional.empty());
    private final StringProperty begun = new SimpleStringProperty(this, "begun", "");
    private final Gate online;
    private final Gate startGate;
    private final Gate cancelGate;
    private final Gate moreGate;

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
    /// @param tell shows that it was done
    public PicturesViewModel(
            PictureCommands commands,
            Pages<Asked, Picture> pages,
            Commander commander,
            Commander loader,
            Consumer<String> tell,
            Access access,
            Wording words) {
        this.commands = commands;
        this.pages = pages;
        this.commander = commander;
        this.loader = loader;
        this.tell = tell;
        this.words = words;
        this.paged = new PagedViewModel<>(Picture::name, words);
        this.online = access.to(Role.values());
        Gate may = access.to(MAKERS).also(commander.busy());
        this.startGate = may.also(Bindings.createStringBinding(this::whyNotStart, runs));
        this.cancelGate = may.also(Bindings.createStringBinding(this::whyNotCancel, selected));
        this.moreGate = online.also(loader.busy()).also(paged.noMore());
        showPictures(NONE);
        shown.subscribe(_ -> look());
    }

    private String whyNotStart() {
        boolean open = runs.stream().anyMatch(row -> row.run().state().open());
        return open ? words.say("pictures.underWay") : "";
    }

    private String whyNotCancel() {
        PictureRun run = selected.get();
        if (run == null) {
            return words.say("pictures.noneSelected");
        }
        return run.state().open() ? "" : words.say("pictures.ended");
    }

    public void showRuns(LoadState<List<PictureRun>> fresh) {
        state.set(fresh);
        List<PictureRunRow> rows =
                fresh.value().orElse(List.of()).stream()
                        .map(run -> PictureRunRow.of(run, words))
                        .toList();
        Rows.show(runs, rows, row -> row.run().id());
    }

    /// @param run the one that is looked at, as it now stands, or null
    public void select(@Nullable PictureRun run) {
        PictureRun before = selected.get();
        selected.set(run);
        look();
        if (run != null && before != null && run.id().equals(before.id()) && !run.equals(before)) {
            refresh();
        }
    }

    private void look() {
        PictureRun run = selected.get();
        Optional<Asked> now =
                Optional.ofNullable(run).map(r -> new Asked(r.id(), shown.get().state()));
        if (!now.equals(asked.get())) {
            asked.set(now);
            showPictures(now.isPresent() ? new LoadState.Loading<>() : NONE);
            refresh();
        }
    }

    /// What is kept of the list that is looked at.
    public void showPictures(LoadState<Listing<Picture>> fresh) {
        paged.show(fresh);
        List<PictureRow> rows =
                paged.items().stream().map(picture -> PictureRow.of(picture, words)).toList();
        Rows.show(pictures, rows, row -> row.picture().name());
    }

    /// Loads the first page, unless more was loaded: rows would go away from under someone's eyes.
    public void refresh() {
        if (asked.get().isPresent() && online.open() && loader.busy().get().isEmpty()) {
            Asked now = asked.get().get();
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
        if (moreGate.open() && asked.get().isPresent()) {
            Asked now = asked.get().get();
            String next = paged.next();
            loader.give(() -> pages.load(now, next), _ -> againIfAnother(now));
        }
    }

    public void start() {
        if (startGate.open()) {
            commander.give(commands::start, run -> begun(run, words.say("pictures.started")));
        }
    }

    /// Sends a file. Nothing is sent of one that is too large or can't be read.
    public void upload(Path file) {
        if (startGate.open()) {
            commander.give(
                    () -> commands.upload(name(file), read(file)),
                    run -> begun(run, words.say("pictures.sent", name(file))));
        }
    }

    /// Whoever began it wants to see what comes of it.
    private void begun(PictureRun run, String text) {
        begun.set(run.id());
        tell.accept(text);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private byte[] read(Path file) throws ProblemException {
        try {
            long size = Files.size(file);
            if (size > Picture.MOST_SENT) {
                throw notSent(
                        words.say(
                                "pictures.tooLarge",
                                name(file),
                                Format.bytes(size),
                                Format.bytes(Picture.MOST_SENT)),
                        null);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw notSent(words.say("pictures.unreadable", name(file), e.toString()), e);
        }
    }

    private static ProblemException notSent(String why, @Nullable IOException cause) {
        return new ProblemException(new Problem.NotSent(why), cause);
    }

    public void cancel() {
        PictureRun run = selected.get();
        if (run != null && cancelGate.open()) {
            commander.give(
                    () -> commands.cancel(run.id()),
                    _ -> tell.accept(words.say("pictures.cancelled")));
        }
    }

    public ObservableList<PictureRunRow> runs() {
        return runs;
    }

    public ReadOnlyObjectProperty<LoadState<List<PictureRun>>> state() {
        return state.getReadOnlyProperty();
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

    /// The id of the run that was begun here, until it is looked at; or empty.
    public StringProperty begun() {
        return begun;
    }

    /// The run that is looked at.
    public ReadOnlyObjectProperty<@Nullable PictureRun> selected() {
        return selected;
    }

    public Gate startGate() {
        return startGate;
    }

    public Gate cancelGate() {
        return cancelGate;
    }

    public Gate moreGate() {
        return moreGate;
    }

    /// Whether the backend can be asked.
    public Gate online() {
        return online;
    }
}
