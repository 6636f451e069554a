package dev.slipway.backend.store;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// Writes of several threads that share a commit, in a real database file. What stands there is
/// looked at through a connection of its own.
class SharedCommitsTest {
    private final AtomicInteger commits = new AtomicInteger();
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Jdbi outside;
    private SharedCommits writes;
    private volatile boolean full;
    private volatile @Nullable Runnable beforeTheTurnEnds;

    @BeforeEach
    void open(@TempDir Path folder) {
        String url = "jdbc:sqlite:" + folder.resolve("some.sqlite");
        outside = Jdbi.create(url);
        outside.useHandle(
                handle -> {
                    handle.execute("PRAGMA journal_mode = WAL");
                    handle.execute("CREATE TABLE word (text TEXT PRIMARY KEY)");
                });
        var config = new SQLiteConfig();
        config.setBusyTimeout(20);
        var source = new SQLiteDataSource(config);
        source.setUrl(url);
        Jdbi inside = Jdbi.create(() -> SqliteTransactions.prepared(source.getConnection()));
        inside.setStatementBuilderFactory(KeptStatements.ofEachConnection());
        inside.setTransactionHandler(new Counting());
        // the machine may be slow: a transaction takes more for as long as a test may take
        var minutes = Duration.ofMinutes(5);
        writes = new SharedCommits(inside, Duration.ofSeconds(20), minutes, new Turn());
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        writes.close();
    }

    @Test
    void thoseWhoWaitedForTheirTurnShareOneCommit() throws Exception {
        Future<?> first = holdTheTurn();
        List<Future<?>> others = queued("b", "c", "d");
        assertThat(words()).isEmpty();
        assertThat(first.isDone()).isFalse();
        mayEnd.countDown();
        first.get();
        for (Future<?> other : others) {
            other.get();
        }
        assertThat(words()).containsExactly("a", "b", "c", "d");
        assertThat(commits).hasValue(1);
    }

    @Test
    void nobodyReturnsBeforeTheCommitOfAllIsMade() throws Exception {
        var lastEntered = new CountDownLatch(1);
        var lastMayEnd = new CountDownLatch(1);
        Future<?> first = holdTheTurn();
        Future<?> last =
                queued(
                        handle -> {
                            lastEntered.countDown();
                            lastMayEnd.await();
                            insert(handle, "z");
                        });
        mayEnd.countDown();
        lastEntered.await();
        assertThat(first.isDone()).isFalse();
        assertThat(words()).isEmpty();
        lastMayEnd.countDown();
        first.get();
        last.get();
        assertThat(words()).containsExactly("a", "z");
    }

    @Test
    void aWriteThatFailsTakesNoOtherWithIt() throws Exception {
        Future<?> first = holdTheTurn();
        Future<?> failing =
                queued(
                        handle -> {
                            insert(handle, "half");
                            throw new IllegalStateException("no more");
                        });
        Future<?> twice = queued(handle -> insert(handle, "a"));
        List<Future<?>> good = queued("b");
        mayEnd.countDown();
        first.get();
        good.getFirst().get();
        assertThatThrownBy(failing::get).hasRootCauseMessage("no more");
        assertThatThrownBy(twice::get).hasStackTraceContaining("word.text");
        assertThat(words()).containsExactly("a", "b");
        assertThat(commits).hasValue(1);
    }

    @Test
    void whenTheFirstFailsTheOthersBeginAnew() throws Exception {
        Future<?> failing =
                threads.submit(
                        () -> {
                            write(
                                    handle -> {
                                        insert(handle, "half");
                                        entered.countDown();
                                        mayEnd.await();
                                        throw new IllegalStateException("no more");
                                    });
                            return true;
                        });
        entered.await();
        List<Future<?>> others = queued("b", "c");
        mayEnd.countDown();
        assertThatThrownBy(failing::get).hasRootCauseMessage("no more");
        for (Future<?> other : others) {
            other.get();
        }
        assertThat(words()).containsExactly("b", "c");
    }

    @Test
    void whenTheCommitFailsAllAreTold() throws Exception {
        full = true;
        Future<?> first = holdTheTurn();
        List<Future<?>> others = queued("b", "c");
        mayEnd.countDown();
        for (Future<?> each : List.of(first, others.getFirst(), others.getLast())) {
            assertThatThrownBy(each::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("the disk is full");
        }
        assertThat(words()).isEmpty();
        full = false;
        write(handle -> insert(handle, "later"));
        assertThat(words()).containsExactly("later");
    }

    @Test
    void aWriteWithinAWriteIsRefused() {
        assertThatThrownBy(() -> write(_ -> write(handle -> insert(handle, "inner"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("within a write");
        assertThat(words()).isEmpty();
    }

    @Test
    void whoGetsNoTurnIsToldAndTheOthersGoOn() throws Exception {
        Future<?> first = holdTheTurn();
        var hasty =
                new FutureTask<>(
                        () -> {
                            write(handle -> insert(handle, "hasty"));
                            return true;
                        });
        Thread thread = Thread.ofPlatform().start(hasty);
        eventually("it waits", () -> writes.waiting() == 1);
        thread.interrupt();
        assertThatThrownBy(hasty::get)
                .hasRootCauseInstanceOf(InterruptedException.class)
                .hasStackTraceContaining("interrupted before a write");
        mayEnd.countDown();
        first.get();
        assertThat(words()).containsExactly("a");
    }

    /// It lost patience in the moment in which the commit was left to it: whoever left it takes it
    /// back, and waits for no one.
    @Test
    void whatWasLeftToOneThatWentIsCommittedByWhoWroteIt() throws Exception {
        Future<?> first = holdTheTurn();
        var hasty =
                new FutureTask<>(
                        () -> {
                            write(handle -> insert(handle, "hasty"));
                            return true;
                        });
        Thread thread = Thread.ofPlatform().start(hasty);
        eventually("it waits", () -> writes.waiting() == 1);
        // the commit is left to it, for it waits; then it goes, and then the turn ends
        beforeTheTurnEnds =
                () -> {
                    thread.interrupt();
                    eventually("it goes", () -> writes.waiting() == 0);
                };
        mayEnd.countDown();
        first.get(30, TimeUnit.SECONDS);
        assertThatThrownBy(hasty::get).hasRootCauseInstanceOf(InterruptedException.class);
        assertThat(words()).containsExactly("a");
        assertThat(commits).hasValue(1);
        // and the turn is free again
        write(handle -> insert(handle, "b"));
        assertThat(words()).containsExactly("a", "b");
    }

    @Test
    void afterTheEndNothingIsWritten() throws Exception {
        write(handle -> insert(handle, "a"));
        writes.close();
        assertThatThrownBy(() -> write(handle -> insert(handle, "b")))
                .hasMessageContaining("closed");
        assertThat(words()).containsExactly("a");
    }

    @Test
    void whoEndsItAllCommitsWhatWasLeftToIt() throws Exception {
        Future<?> first = holdTheTurn();
        Future<?> end = threads.submit(writes::close);
        eventually("it waits for its turn", () -> writes.waiting() == 1);
        mayEnd.countDown();
        first.get();
        end.get();
        assertThat(words()).containsExactly("a");
    }

    @Test
    void afterABeginThatFailedTheNextWriteIsATransactionAgain() throws Exception {
        write(handle -> insert(handle, "a"));
        outside.useHandle(
                other -> {
                    other.execute("BEGIN IMMEDIATE");
                    assertThatThrownBy(() -> write(handle -> insert(handle, "b")))
                            .hasStackTraceContaining("SQLITE_BUSY");
                    other.execute("ROLLBACK");
                });
        assertThatThrownBy(
                        () ->
                                write(
                                        handle -> {
                                            insert(handle, "half");
                                            throw new IllegalStateException("no more");
                                        }))
                .hasMessage("no more");
        write(handle -> insert(handle, "c"));
        assertThat(words()).containsExactly("a", "c");
    }

    /// Another process wants the file all the time, and holds it for longer than a write waits:
    /// some writes get no turn. What is told as written stands, and what is told as failed doesn't.
    @Test
    void whatIsToldAsFailedIsNotThere() throws Exception {
        var over = new CountDownLatch(1);
        Future<?> other = threads.submit(() -> outside.useHandle(h -> holdAgainAndAgain(h, over)));
        var told = new TreeSet<String>();
        var failed = new TreeSet<String>();
        while (told.size() < 25 || failed.size() < 10) {
            String word = "w%05d".formatted(told.size() + failed.size());
            try {
                write(handle -> insert(handle, word));
                told.add(word);
            } catch (JdbiException e) {
                assertThat(e).hasStackTraceContaining("SQLITE_BUSY");
                failed.add(word);
            }
        }
        over.countDown();
        other.get();
        assertThat(words()).containsExactlyElementsOf(told);
    }

    private static void holdAgainAndAgain(Handle other, CountDownLatch over) {
        other.execute("PRAGMA busy_timeout = 0");
        try {
            while (over.getCount() > 0) {
                if (began(other)) {
                    over.await(30, TimeUnit.MILLISECONDS);
                    other.execute("ROLLBACK");
                    over.await(2, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean began(Handle other) {
        try {
            other.execute("BEGIN IMMEDIATE");
            return true;
        } catch (JdbiException _) {
            return false;
        }
    }

    private interface Work {
        void in(Handle handle) throws Exception;
    }

    private void write(Work work) throws Exception {
        writes.write(
                handle -> {
                    work.in(handle);
                    return true;
                });
    }

    private static void insert(Handle handle, String word) {
        handle.execute("INSERT INTO word (text) VALUES (?)", word);
    }

    private Future<?> holdTheTurn() throws InterruptedException {
        Future<?> first =
                threads.submit(
                        () -> {
                            write(
                                    handle -> {
                                        insert(handle, "a");
                                        entered.countDown();
                                        mayEnd.await();
                                    });
                            return true;
                        });
        entered.await();
        return first;
    }

    private List<Future<?>> queued(String... words) {
        List<Future<?>> all = new ArrayList<>();
        for (String word : words) {
            all.add(queued(handle -> insert(handle, word)));
        }
        return all;
    }

    private Future<?> queued(Work work) {
        int before = writes.waiting();
        Future<?> future =
                threads.submit(
                        () -> {
                            write(work);
                            return true;
                        });
        eventually("it waits for its turn", () -> writes.waiting() == before + 1);
        return future;
    }

    private List<String> words() {
        return outside.withHandle(
                handle ->
                        handle.createQuery("SELECT text FROM word ORDER BY text")
                                .mapTo(String.class)
                                .list());
    }

    private final class Turn extends ReentrantLock {
        private static final long serialVersionUID = 1L;

        Turn() {
            super(true);
        }

        @Override
        public void unlock() {
            Runnable before = beforeTheTurnEnds;
            beforeTheTurnEnds = null;
            if (before != null) {
                before.run();
            }
            super.unlock();
        }
    }

    private final class Counting extends SqliteTransactions {
        @Override
        public TransactionHandler specialize(Handle handle) {
            return new Counting();
        }

        @Override
        public void commit(Handle handle) {
            if (full) {
                throw new IllegalStateException("the disk is full");
            }
            super.commit(handle);
            commits.incrementAndGet();
        }
    }
}
