package dev.slipway.backend.queues.dispatch;

import static java.lang.System.Logger.Level.INFO;

import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DeliverCallback;
import com.rabbitmq.client.ShutdownSignalException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Messages of all priorities for one worker. Each priority has a queue and a prefetch of its own,
/// so that a long queue of low priority keeps no high one out. So that nothing starves, one turn in
/// four begins with the normal priority and one in sixteen with the low one.
final class RabbitDeliveries implements Deliveries {
    private static final System.Logger LOG = System.getLogger(RabbitDeliveries.class.getName());
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final Rabbit rabbit;
    private final int prefetch;
    private final Map<Integer, Queue<Delivery>> brought = new TreeMap<>();
    private final Semaphore available = new Semaphore(0);
    private final CountDownLatch ending = new CountDownLatch(1);
    private final AtomicInteger turn = new AtomicInteger();
    private final Thread opener;
    private @Nullable Channel channel;

    RabbitDeliveries(Rabbit rabbit, int prefetch) {
        this.rabbit = rabbit;
        this.prefetch = prefetch;
        Rabbit.PRIORITIES.forEach(p -> brought.put(p, new ConcurrentLinkedQueue<>()));
        this.opener = Thread.ofPlatform().name("deliveries").daemon().unstarted(this::keepOpen);
    }

    void begin() {
        opener.start();
    }

    /// The library brings a channel back that was cut with its connection; this one opens the
    /// first, and another one when the broker closed it.
    private void keepOpen() {
        try {
            do {
                try {
                    open();
                } catch (IOException | ShutdownSignalException e) {
                    LOG.log(INFO, "no messages from the broker yet: {0}", e.getMessage());
                }
            } while (!ending.await(TRY_AGAIN.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void open() throws IOException {
        Channel known = channel;
        if (ending.getCount() == 0
                || known != null && (known.isOpen() || !rabbit.listening().isOpen())) {
            return;
        }
        if (known != null) {
            known.abort();
        }
        Channel fresh = rabbit.listening().createChannel();
        fresh.basicQos(prefetch);
        for (int priority : Rabbit.PRIORITIES) {
            DeliverCallback take =
                    (_, message) ->
                            bring(
                                    priority,
                                    fresh,
                                    new String(message.getBody(), StandardCharsets.UTF_8),
                                    message.getEnvelope().getDeliveryTag());
            CancelCallback lost = _ -> reopen(fresh);
            fresh.basicConsume(rabbit.queue(priority), false, take, lost);
        }
        channel = fresh;
    }

    /// A queue was deleted under its consumer.
    private synchronized void reopen(Channel lost) throws IOException {
        if (lost.equals(channel)) {
            channel = null;
        }
        lost.abort();
    }

    private void bring(int priority, Channel from, String job, long tag) {
        Queue<Delivery> queue = brought.get(priority);
        if (queue != null) {
            queue.add(new Delivery(job, dealtWith -> answer(from, tag, dealtWith)));
            available.release();
        }
    }

    /// An answer that does not arrive brings the message again; its job is not run again for that.
    private static void answer(Channel to, long tag, boolean dealtWith) {
        try {
            if (dealtWith) {
                to.basicAck(tag, false);
            } else {
                to.basicNack(tag, false, true);
            }
        } catch (IOException | ShutdownSignalException e) {
            LOG.log(INFO, "the broker did not get an answer: {0}", e.getMessage());
        }
    }

    @Override
    public @Nullable Delivery next(Duration wait) throws InterruptedException {
        if (!available.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
            return null;
        }
        int n = Math.floorMod(turn.getAndIncrement(), 16);
        int first = n == 15 ? 3 : n % 4 == 3 ? 2 : 1;
        Queue<Delivery> preferred = brought.get(first);
        Delivery next = preferred == null ? null : preferred.poll();
        for (Queue<Delivery> queue : brought.values()) {
            next = next == null ? queue.poll() : next;
        }
        return next;
    }

    @Override
    public synchronized void close() {
        ending.countDown();
        Channel known = channel;
        if (known != null) {
            try {
                known.abort();
            } catch (IOException | ShutdownSignalException _) {
                // it is gone already
            }
        }
    }
}
