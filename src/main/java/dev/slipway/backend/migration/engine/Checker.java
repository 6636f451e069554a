package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.validation.Validator;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Checks each step that is copied: beside the load of the next one, through connections of its
/// own, where the target lets others write meanwhile; else at once.
final class Checker implements AutoCloseable {
    private final Validator validator;
    private final @Nullable Hand own;
    private final @Nullable ExecutorService thread;
    private final List<Running> running = new ArrayList<>();

    /// What the checks of a step found.
    record Checked(PreparedStep step, List<Validation> found) {}

    private record Running(PreparedStep step, Future<List<Validation>> found) {}

    Checker(Hands hands, Function<Hand, Validator> validators) throws SQLException {
        boolean beside = hands.count() > 1;
        this.own = beside ? hands.first().another(hands.count()) : null;
        this.thread = beside ? Executors.newSingleThreadExecutor(Checker::thread) : null;
        this.validator = validators.apply(own == null ? hands.first() : own);
    }

    private static Thread thread(Runnable work) {
        return Thread.ofPlatform().name("migration-checker").daemon().unstarted(work);
    }

    /// Begins to check a step.
    void check(PreparedStep step) throws SQLException {
        if (thread == null) {
            running.add(new Running(step, done(validator.step(step.view()))));
        } else {
            running.add(new Running(step, thread.submit(() -> validator.step(step.view()))));
        }
    }

    private static Future<List<Validation>> done(List<Validation> found) {
        return java.util.concurrent.CompletableFuture.completedFuture(found);
    }

    /// Checks what no step can tell alone.
    List<Validation> whole() throws SQLException {
        return validator.whole();
    }

    /// The steps that are checked since this was asked last.
    List<Checked> ready() throws SQLException {
        return take(false);
    }

    /// All the rest; waits for them.
    List<Checked> rest() throws SQLException {
        return take(true);
    }

    private List<Checked> take(boolean all) throws SQLException {
        List<Checked> checked = new ArrayList<>();
        while (!running.isEmpty() && (all || running.getFirst().found().isDone())) {
            Running first = running.removeFirst();
            checked.add(new Checked(first.step(), result(first.found())));
        }
        return checked;
    }

    private static List<Validation> result(Future<List<Validation>> found) throws SQLException {
        try {
            return found.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("the run was interrupted while a step was checked", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SQLException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        if (thread != null) {
            thread.close();
        }
        if (own != null) {
            own.close();
        }
    }
}
