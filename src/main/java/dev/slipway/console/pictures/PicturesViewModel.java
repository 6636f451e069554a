package dev.slipway.console.pictures;

import dev.slipway.api.access.Role;
import dev.slipway.api.tasks.PictureRun;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
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

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// The runs over product pictures, and what is done with them.
public final class PicturesViewModel {
    private static final Role[] MAKERS = {Role.OPERATOR, Role.ONCALL};

    private final PictureCommands commands;
    private final Commander commander;
    private final Consumer<String> tell;
    private final Wording words;
    private final PictureListViewModel list;
    private final ObservableList<PictureRunRow> runs = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<LoadState<List<PictureRun>>> state =
            new ReadOnlyObjectWrapper<>(this, "state", new LoadState.Idle<>());
    private final ObjectProperty<@Nullable PictureRun> selected =
            new SimpleObjectProperty<>(this, "selected", null);
    private final StringProperty begun = new SimpleStringProperty(this, "begun", "");
    private final Gate startGate;
    private final Gate cancelGate;

    /// @param list of the pictures of the run that is looked at
    /// @param tell shows that it was done
    public PicturesViewModel(
            PictureCommands commands,
            PictureListViewModel list,
            Commander commander,
            Consumer<String> tell,
            Access access,
            Wording words) {
        this.commands = commands;
        this.list = list;
        this.commander = commander;
        this.tell = tell;
        this.words = words;
        Gate may = access.to(MAKERS).also(commander.busy());
        this.startGate = may.also(Bindings.createStringBinding(this::whyNotStart, runs));
        this.cancelGate =
                may.on(
                        selected,
                        words.say("pictures.noneSelected"),
                        run -> run.state().open() ? "" : words.say("pictures.ended"));
    }

    private String whyNotStart() {
        boolean open = runs.stream().anyMatch(row -> row.run().state().open());
        return open ? words.say("pictures.underWay") : "";
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
        selected.set(run);
        list.look(run);
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
                    () -> commands.upload(SentFile.name(file), SentFile.read(file, words)),
                    run -> begun(run, words.say("pictures.sent", SentFile.name(file))));
        }
    }

    /// Whoever began it wants to see what comes of it.
    private void begun(PictureRun run, String text) {
        begun.set(run.id());
        tell.accept(text);
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
}
