package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.validation.PlanAnswers;
import dev.slipway.backend.migration.validation.Validator;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/// Checks each step that is copied: beside the load of the next one, through connections of its
/// own, where the target lets others write meanwhile; else at once.
final class Checker implements AutoCloseable {
    private static final long MEANWHILE_MILLIS = 250;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private final PassedSource source;
    private final Validator validator;
    private final Passage passage;
    private final @Nullable Hand own;
    private final Hand last;
    private final @Nullable ExecutorService thread;
    private final @Nullable ExecutorService asking;
    private final List<Running> running = new ArrayList<>();
    private @Nullable Future<PlanAnswers> answers;

    /// What the checks of a step found.
    ///
    /// @param longestMillis how long their longest read of the source took
    record Checked(PreparedStep step, List<Validation> found, long longestMillis) {}

    private record Running(PreparedStep step, Future<Checked> checked) {}

    Checker(Hands hands, Passage passage, BiFunction<Hand, PassedSource, Validator> validators)
            throws SQLException {
        this.passage = passage;
        this.last = hands.last();
        boolean beside = hands.count() > 1;
        this.own = beside ? hands.first().another(hands.count()) : null;
        this.thread = beside ? Executors.newSingleThreadExecutor(Checker::thread) : null;
        this.asking = beside ? Executors.newSingleThreadExecutor(Checker::thread) : null;
        Hand hand = own == null ? hands.first() : own;
        this.source = new PassedSource(hand.source, passage, hand.target);
        this.validator = validators.apply(hand, source);
    }

    private static Thread thread(Runnable work) {
        return Thread.ofPlatform().name("migration-checker").daemon().unstarted(work);
    }

    /// Whether steps are checked while others are copied.
    boolean beside() {
        return thread != null;
    }

    /// Begins to check a step.
    void check(PreparedStep step) throws SQLException {
        if (thread == null) {
            running.add(new Running(step, CompletableFuture.completedFuture(checked(step))));
        } else {
            running.add(new Running(step, thread.submit(() -> checked(step))));
        }
    }

    private Checked checked(PreparedStep step) throws SQLException {
        List<Validation> found = validator.step(step.view());
        long longest = Math.ceilDiv(source.longestNanos(), NANOS_PER_MILLI);
        return new Checked(step, found, longest);
    }

    /// Begins to ask the source what the plan's own checks want to know, while steps are still
    /// checked. The hands rest from now on: one lends its connection.
    void ask() {
        if (asking != null) {
            var from = new PassedSource(last.source, passage, last.target);
            answers = asking.submit(() -> validator.ask(from));
        }
    }

    /// Checks what no step can tell alone.
    List<Validation> whole() throws SQLException {
        return answers == null ? validator.whole() : validator.whole(result(answers));
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
        while (!running.isEmpty() && (all || running.getFirst().checked().isDone())) {
            Running first = running.removeFirst();
            checked.add(result(first.checked()));
        }
        return checked;
    }

    private <T> T result(Future<T> checked) throws SQLException {
        try {
            while (true) {
                try {
                    return checked.get(MEANWHILE_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    passage.tell();
                }
            }
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

    private static void end(@Nullable ExecutorService work) {
        if (work != null) {
            // what waits to read need not be awaited
            work.shutdownNow();
            work.close();
        }
    }

    @Override
    public void close() throws SQLException {
        end(thread);
        end(asking);
        if (own != null) {
            own.close();
        }
    }
}
