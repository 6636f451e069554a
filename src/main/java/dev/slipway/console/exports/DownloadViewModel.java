package dev.slipway.console.exports;

import dev.slipway.api.tasks.Export;
import dev.slipway.client.http.Problem;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.Background;
import dev.slipway.console.fx.Format;

import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The download that is under way: one at a time, written to the disk off the UI thread.
public final class DownloadViewModel {
    private final ExportCommands commands;
    private final Background background;
    private final Consumer<Problem> problems;
    private final Consumer<String> tell;
    private final Wording words;
    private final AtomicLong arrived = new AtomicLong();
    private final ReadOnlyStringWrapper busy = new ReadOnlyStringWrapper(this, "busy", "");
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper(this, "text", "");
    private final ReadOnlyDoubleWrapper share = new ReadOnlyDoubleWrapper(this, "share", 0);
    private AtomicBoolean wanted = new AtomicBoolean();
    private long total;
    private String file = "";

    /// @param problems told what went wrong
    /// @param tell told what was saved
    public DownloadViewModel(
            ExportCommands commands,
            Background background,
            Consumer<Problem> problems,
            Consumer<String> tell,
            Wording words) {
        this.commands = commands;
        this.background = background;
        this.problems = problems;
        this.tell = tell;
        this.words = words;
    }

    public void start(Export export, Path to) {
        if (!busy.get().isEmpty()) {
            return;
        }
        var mine = new AtomicBoolean(true);
        wanted = mine;
        arrived.set(0);
        total = export.bytes() == null ? 0 : export.bytes();
        file = String.valueOf(to.getFileName());
        busy.set(words.say("exports.downloading"));
        tick();
        background
                .run(
                        () ->
                                commands.download(
                                        export,
                                        to,
                                        (done, _) -> {
                                            arrived.set(done);
                                            return mine.get();
                                        }))
                .onSuccess(
                        whole ->
                                tell.accept(
                                        words.say(
                                                whole ? "exports.saved" : "exports.stopped",
                                                to.toString(),
                                                String.valueOf(export.sha256()))))
                .onProblem(problems)
                .onEnd(
                        () -> {
                            busy.set("");
                            text.set("");
                            share.set(0);
                        });
    }

    /// Stops it: what has arrived is thrown away.
    public void stop() {
        wanted.set(false);
    }

    /// Shows how far it is; called a few times a second.
    public void tick() {
        if (!busy.get().isEmpty()) {
            long done = arrived.get();
            share.set(total == 0 ? 1 : (double) done / total);
            text.set(words.say("exports.arrived", file, Format.bytes(done), Format.bytes(total)));
        }
    }

    /// Empty, or why no other download can be begun.
    public ReadOnlyStringProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /// How far it is, in words; empty if there is none.
    public ReadOnlyStringProperty text() {
        return text.getReadOnlyProperty();
    }

    /// From 0 to 1.
    public ReadOnlyDoubleProperty share() {
        return share.getReadOnlyProperty();
    }
}
