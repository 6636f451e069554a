package dev.slipway.console.pictures;

import dev.slipway.api.tasks.Picture;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.Background;
import dev.slipway.console.fx.Format;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// One of the files that were made of the picture that is looked at.
final class PreviewViewModel {
    private final Files files;
    private final Background background;
    private final Wording words;
    private final Consumer<Problem> problems;
    private final Consumer<String> tell;
    private final ReadOnlyObjectWrapper<PreviewState> state;
    private final ReadOnlyStringWrapper unseen = new ReadOnlyStringWrapper(this, "unseen", "");
    private final Gate saveGate = Gate.of(unseen.getReadOnlyProperty());
    private final ObservableList<String> made = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable String> chosen =
            new SimpleObjectProperty<>(this, "chosen", null);
    private final ReadOnlyStringWrapper facts = new ReadOnlyStringWrapper(this, "facts", "");
    private @Nullable Picture picture;
    private String wanted = "";

    /// Gives a file that was made, from what is kept or from the backend. Blocks.
    @FunctionalInterface
    interface Files {
        /// @param file `SHA-256/NAME`
        byte[] bytes(String file) throws ProblemException;
    }

    /// @param problems told what could not be saved
    /// @param tell told what was saved
    PreviewViewModel(
            Files files,
            Background background,
            Consumer<Problem> problems,
            Consumer<String> tell,
            Wording words) {
        this.files = files;
        this.background = background;
        this.problems = problems;
        this.tell = tell;
        this.words = words;
        this.state =
                new ReadOnlyObjectWrapper<>(
                        this, "state", new PreviewState.Nothing(words.say("preview.select")));
        chosen.subscribe(_ -> look());
        state.subscribe(
                now ->
                        unseen.set(
                                now instanceof PreviewState.Open
                                        ? ""
                                        : words.say("preview.notOpen")));
    }

    /// @param fresh the picture that is looked at, or null
    void show(@Nullable Picture fresh) {
        picture = fresh;
        List<String> now = fresh == null ? List.of() : fresh.files();
        if (!now.equals(made)) {
            String before = size(chosen.get());
            made.setAll(now);
            // from picture to picture the same size is looked at
            chosen.set(
                    now.stream()
                            .filter(file -> size(file).equals(before))
                            .findFirst()
                            .orElse(now.isEmpty() ? null : now.getFirst()));
        }
        look();
    }

    /// Tries again what failed, for example after the backend came back.
    void retry() {
        if (state.get() instanceof PreviewState.Failed) {
            wanted = "";
            look();
        }
    }

    /// Saves the file that is looked at, as it was made; what is seen is kept, so no backend is
    /// needed.
    void save(Path to) {
        String file = chosen.get();
        if (file != null && saveGate.open()) {
            background
                    .run(() -> SavedFile.write(to, files.bytes(file), words))
                    .onSuccess(saved -> tell.accept(words.say("preview.saved", saved)))
                    .onProblem(problems);
        }
    }

    /// What the file is called unless someone says otherwise: `shoe-list.jpg` of the size `list` of
    /// `uploaded/shoe.png`.
    String fileName() {
        String file = chosen.get();
        Picture now = picture;
        if (file == null || now == null) {
            return "";
        }
        String name = now.name().substring(now.name().lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        String stem = dot < 1 ? name : name.substring(0, dot);
        return stem + "-" + size(file) + file.substring(file.lastIndexOf('.'));
    }

    private void look() {
        String file = chosen.get();
        if (file == null) {
            wanted = "";
            state.set(new PreviewState.Nothing(nothing()));
            facts.set("");
            return;
        }
        if (file.equals(wanted)) {
            return;
        }
        wanted = file;
        facts.set("");
        state.set(new PreviewState.Loading());
        String unreadable = words.say("preview.unreadable");
        background
                .run(() -> Preview.of(files.bytes(file), unreadable))
                .onSuccess(preview -> opened(file, preview))
                .onProblem(problem -> failed(file, problem));
    }

    private String nothing() {
        Picture now = picture;
        return now == null
                ? words.say("preview.select")
                : words.say("preview.rejected", Objects.requireNonNullElse(now.reason(), ""));
    }

    private void opened(String file, Preview preview) {
        Picture now = picture;
        if (file.equals(wanted) && now != null) {
            state.set(new PreviewState.Open(preview));
            facts.set(
                    words.say(
                            "preview.facts",
                            Objects.requireNonNullElse(now.width(), 0),
                            Objects.requireNonNullElse(now.height(), 0),
                            Format.bytes(now.bytes()),
                            preview.width(),
                            preview.height(),
                            Format.bytes(preview.bytes())));
        }
    }

    private void failed(String file, Problem problem) {
        if (file.equals(wanted)) {
            state.set(new PreviewState.Failed(problem));
        }
    }

    /// The name of the size that a file was made for: `list` of `SHA-256/list-0a1b2c3d4e5f.jpg`.
    static String size(@Nullable String file) {
        if (file == null) {
            return "";
        }
        String name = file.substring(file.indexOf('/') + 1);
        int dash = name.lastIndexOf('-');
        return dash < 1 ? name : name.substring(0, dash);
    }

    /// Open while a picture is to be seen.
    Gate saveGate() {
        return saveGate;
    }

    ReadOnlyObjectProperty<PreviewState> state() {
        return state.getReadOnlyProperty();
    }

    /// The files that were made.
    ObservableList<String> made() {
        return made;
    }

    /// The one of them that is looked at.
    ObjectProperty<@Nullable String> chosen() {
        return chosen;
    }

    /// Its size, and that of the picture that it was made of.
    ReadOnlyStringProperty facts() {
        return facts.getReadOnlyProperty();
    }
}
