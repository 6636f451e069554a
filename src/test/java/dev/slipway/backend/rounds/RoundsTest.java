package dev.slipway.backend.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

@Timeout(60)
class RoundsTest {
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final Rounds rounds = new Rounds(RoundsTest.class, "rounds of a test");

    @Test
    void aRoundThatFailsIsLoggedInItsOwnersNameAndTheNextOneComes() throws Exception {
        var told = new Told();
        Logger owner = Logger.getLogger(RoundsTest.class.getName());
        owner.addHandler(told);
        owner.setUseParentHandlers(false);
        var threads = new CopyOnWriteArrayList<String>();
        var third = new CountDownLatch(3);
        try {
            rounds.every(
                    AT_ONCE,
                    "it could not be looked at",
                    () -> {
                        threads.add(Thread.currentThread().getName());
                        third.countDown();
                        throw new IOException("gone");
                    });
            third.await();
        } finally {
            rounds.close();
            owner.removeHandler(told);
            owner.setUseParentHandlers(true);
        }
        assertThat(told.messages).startsWith("it could not be looked at gone");
        assertThat(threads).containsOnly("rounds of a test");
    }

    @Test
    void noFaultEndsTheRoundsHoweverGrave() throws Exception {
        var third = new CountDownLatch(3);
        try {
            rounds.every(
                    AT_ONCE,
                    "a grave fault",
                    () -> {
                        third.countDown();
                        throw new OutOfMemoryError("of a test");
                    });
            third.await();
        } finally {
            rounds.close();
        }
    }

    @Test
    void whatIsDoneOnceComesFirstAlsoIfItFails() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        var round = new CountDownLatch(1);
        rounds.once(
                "not loaded",
                () -> {
                    order.add("once");
                    throw new IOException("gone");
                });
        rounds.every(
                AT_ONCE,
                "not looked at",
                () -> {
                    order.add("round");
                    round.countDown();
                });
        round.await();
        rounds.close();
        assertThat(order).startsWith("once", "round").containsOnlyOnce("once");
    }

    @Test
    void closeWaitsForTheRoundThatIsOnAndNoOtherBegins() throws Exception {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var ended = new AtomicInteger();
        rounds.every(
                AT_ONCE,
                "not looked at",
                () -> {
                    begun.countDown();
                    go.await();
                    ended.incrementAndGet();
                });
        begun.await();
        var closing = Thread.ofVirtual().start(rounds::close);
        while (!rounds.ending()) {
            Thread.onSpinWait();
        }
        assertThat(closing.isAlive()).isTrue();
        go.countDown();
        closing.join();
        assertThat(ended).hasValue(1);
    }

    @Test
    void oneThatIsBrokenOffIsInterrupted() throws Exception {
        var begun = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        var again = new AtomicBoolean();
        rounds.every(
                AT_ONCE,
                "not looked at",
                () -> {
                    again.set(begun.getCount() == 0);
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                });
        begun.await();
        rounds.breakOff();
        interrupted.await();
        rounds.close();
        assertThat(again).isFalse();
    }

    private static final class Told extends Handler {
        final List<String> messages = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord record) {
            messages.add(record.getMessage() + " " + record.getThrown().getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
