package dev.slipway.console.command;

import dev.slipway.client.http.Problem;
import dev.slipway.console.fx.Background;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// Gives the commands of one screen, one at a time, and says while one is under way.
public final class Commander {
    private final Background background;
    private final Consumer<Problem> problems;
    private final String busyText;
    private final ReadOnlyStringWrapper busy = new ReadOnlyStringWrapper(this, "busy", "");

    /// @param problems where what did not come about is shown
    /// @param busyText the reason that buttons show while a command is under way
    public Commander(Background background, Consumer<Problem> problems, String busyText) {
        this.background = background;
        this.problems = problems;
        this.busyText = busyText;
    }

    /// Empty, or why no further command can be given just now.
    public ReadOnlyStringProperty busy() {
        return busy.getReadOnlyProperty();
    }

    public <T> void give(Callable<T> command, Consumer<T> done) {
        give(command, done, problems);
    }

    /// Does something that nobody asked for just now, and so says nothing of what went wrong: what
    /// is shown says it itself.
    public <T> void quietly(Callable<T> command, Consumer<T> done) {
        give(command, done, _ -> {});
    }

    public <T> void give(Callable<T> command, Consumer<T> done, Consumer<Problem> failed) {
        busy.set(busyText);
        background
                .run(command)
                .onSuccess(
                        value -> {
                            busy.set("");
                            done.accept(value);
                        })
                .onProblem(
                        problem -> {
                            busy.set("");
                            failed.accept(problem);
                        });
    }
}
