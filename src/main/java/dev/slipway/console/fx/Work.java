package dev.slipway.console.fx;

import dev.slipway.client.http.Problem;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Blocking work under way. Its outcome is told on the UI executor, also to those who ask when it
/// has ended already.
public final class Work<T> {
    private sealed interface Outcome<T> {
        record Success<T>(T value) implements Outcome<T> {}

        record Trouble<T>(Problem problem) implements Outcome<T> {}
    }

    private final Executor ui;
    private final List<Consumer<Outcome<T>>> listeners = new ArrayList<>();
    private @Nullable Outcome<T> outcome;

    Work(Executor ui) {
        this.ui = ui;
    }

    public Work<T> onSuccess(Consumer<? super T> action) {
        listen(
                outcome -> {
                    if (outcome instanceof Outcome.Success<T>(T value)) {
                        action.accept(value);
                    }
                });
        return this;
    }

    public Work<T> onProblem(Consumer<Problem> action) {
        listen(
                outcome -> {
                    if (outcome instanceof Outcome.Trouble<T>(Problem problem)) {
                        action.accept(problem);
                    }
                });
        return this;
    }

    /// Either way, after the others that were registered before.
    public Work<T> onEnd(Runnable action) {
        listen(_ -> action.run());
        return this;
    }

    void succeed(T value) {
        end(new Outcome.Success<>(value));
    }

    void fail(Problem problem) {
        end(new Outcome.Trouble<>(problem));
    }

    private void end(Outcome<T> result) {
        List<Consumer<Outcome<T>>> told;
        synchronized (this) {
            outcome = result;
            told = List.copyOf(listeners);
        }
        told.forEach(listener -> ui.execute(() -> listener.accept(result)));
    }

    private void listen(Consumer<Outcome<T>> listener) {
        Outcome<T> known;
        synchronized (this) {
            known = outcome;
            if (known == null) {
                listeners.add(listener);
            }
        }
        if (known != null) {
            Outcome<T> result = known;
            ui.execute(() -> listener.accept(result));
        }
    }
}
