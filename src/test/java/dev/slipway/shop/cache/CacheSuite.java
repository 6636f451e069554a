package dev.slipway.shop.cache;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.shop.http.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// What every cache does, whatever keeps the answers.
abstract class CacheSuite {
    static final Ages AGES = new Ages(Duration.ofMinutes(10), Duration.ofMinutes(20));
    static final int LARGEST = 64 * 1024;

    private final AtomicInteger loads = new AtomicInteger();

    /// The cache that this test asks; answers up to [#LARGEST].
    abstract Cache cache();

    /// Makes everything that is kept older.
    abstract void pass(Duration time);

    private byte[] ask(String question, String answer) {
        return cache().get(question, loading(answer));
    }

    private Supplier<byte[]> loading(String answer) {
        return () -> {
            loads.incrementAndGet();
            return bytes(answer);
        };
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aRepeatedQuestionIsWorkedOutOnce() {
        for (int i = 0; i < 5; i++) {
            assertThat(ask("q", "a" + i)).asString().isEqualTo("a0");
        }

        assertThat(loads).hasValue(1);
        Cache.Stats stats = cache().stats();
        assertThat(stats.hits()).isEqualTo(4);
        assertThat(stats.misses()).isEqualTo(1);
        assertThat(stats.loads()).isEqualTo(1);
        assertThat(stats.hitRatio()).isEqualTo(0.8);
    }

    @Test
    void aRatioOfNothingIsNotZero() {
        assertThat(cache().stats().hitRatio()).isNull();
    }

    @Test
    void manyWhoAskAtOnceCostOneLoad() throws Exception {
        var release = new CountDownLatch(1);
        var arrived = new AtomicInteger();
        Callable<byte[]> asker =
                () -> {
                    arrived.incrementAndGet();
                    return cache().get(
                                    "q",
                                    () -> {
                                        loads.incrementAndGet();
                                        await(release);
                                        return bytes("a");
                                    });
                };
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<byte[]>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(askers.submit(asker));
            }
            eventually("all have come", () -> arrived.get() == 50 && loads.get() > 0);
            eventually("all wait", () -> cache().stats().misses() == 50);
            release.countDown();
            for (Future<byte[]> answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS)).asString().isEqualTo("a");
            }
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void aFailingLoadIsToldAndKeepsNothing() {
        Supplier<byte[]> failing =
                () -> {
                    throw Problem.notFound("product", 7);
                };
        assertThatThrownBy(() -> cache().get("q", failing)).isInstanceOf(Problem.class);
        assertThat(ask("q", "there now")).asString().isEqualTo("there now");
    }

    @Test
    void aStaleAnswerIsGivenAtOnceAndRenewedOnce() {
        ask("q", "old");
        pass(AGES.fresh().plusSeconds(1));
        var release = new CountDownLatch(1);
        Supplier<byte[]> slow =
                () -> {
                    loads.incrementAndGet();
                    await(release);
                    return bytes("new");
                };
        for (int i = 0; i < 10; i++) {
            // nobody waits for the renewal: it can't end before all have their answer
            assertThat(cache().get("q", slow)).asString().isEqualTo("old");
        }
        release.countDown();
        eventually(
                "it is renewed",
                () -> new String(cache().get("q", slow), StandardCharsets.UTF_8).equals("new"));
        assertThat(loads).hasValue(2);
        assertThat(cache().stats().stale()).isGreaterThanOrEqualTo(10);
    }

    @Test
    void aStaleAnswerOutlivesARenewalThatFails() {
        ask("q", "old");
        pass(AGES.fresh().plusSeconds(1));
        var failures = new AtomicInteger();
        Supplier<byte[]> failing =
                () -> {
                    failures.incrementAndGet();
                    throw new IllegalStateException("the database is away");
                };
        for (int round = 1; round <= 3; round++) {
            int failed = round;
            assertThat(cache().get("q", failing)).asString().isEqualTo("old");
            eventually(
                    "a renewal fails",
                    () -> {
                        cache().get("q", failing);
                        return failures.get() >= failed;
                    });
        }
    }

    @Test
    void anAnswerIsGoneWhenItsTimeIsOver() {
        ask("q", "old");
        pass(AGES.total().plusSeconds(1));
        assertThat(ask("q", "new")).asString().isEqualTo("new");
    }

    @Test
    void whatIsClearedIsNotGivenAgain() {
        ask("q", "old");
        assertThat(cache().clear()).isTrue();
        assertThat(ask("q", "new")).asString().isEqualTo("new");
    }

    @Test
    void anAnswerThatWasBegunBeforeTheClearIsNotGivenAfterIt() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<byte[]> before =
                    askers.submit(
                            () ->
                                    cache().get(
                                                    "q",
                                                    () -> {
                                                        begun.countDown();
                                                        await(release);
                                                        return bytes("old");
                                                    }));
            await(begun);
            cache().clear();
            // one who asks now must neither wait for the old answer nor find it
            Future<byte[]> after = askers.submit(() -> ask("q", "new"));
            assertThat(after.get(60, TimeUnit.SECONDS)).asString().isEqualTo("new");
            release.countDown();
            assertThat(before.get(60, TimeUnit.SECONDS)).asString().isEqualTo("old");
        }
        assertThat(ask("q", "newer")).asString().isIn("new", "newer");
    }

    @Test
    void anAnswerThatIsTooLargeIsGivenButNotKept() {
        String large = "x".repeat(LARGEST + 1);
        assertThat(ask("q", large)).hasSize(LARGEST + 1);
        assertThat(ask("q", large)).hasSize(LARGEST + 1);
        assertThat(loads).hasValue(2);
        assertThat(cache().stats().tooLarge()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "é/ü", "\r\nDEL x\r\n", "a\u0000b", "{tag}", "a*?[]"})
    void questionsAreNotMixedUp(String question) {
        String longer = question + "y".repeat(5_000);
        ask(question, "1");
        ask(longer, "2");
        ask(longer + "z", "3");
        assertThat(ask(question, "-")).asString().isEqualTo("1");
        assertThat(ask(longer, "-")).asString().isEqualTo("2");
        assertThat(ask(longer + "z", "-")).asString().isEqualTo("3");
    }

    @Test
    void anEmptyAnswerIsOne() {
        assertThat(ask("q", "")).isEmpty();
        assertThat(ask("q", "-")).isEmpty();
    }

    @Test
    void itTellsHowMuchItKeeps() {
        for (int i = 0; i < 20; i++) {
            ask("q" + i, "x".repeat(1_000));
        }
        eventually(
                "20 entries of a known size",
                () -> {
                    Cache.Stats stats = cache().stats();
                    return stats.entries() != null
                            && stats.entries() >= 20
                            && stats.bytes() != null
                            && stats.bytes() > 20_000;
                });
        assertThat(cache().stats().evictions()).isEqualTo(0);
        assertThat(cache().stats().awaySince()).isNull();
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("waited for nothing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
