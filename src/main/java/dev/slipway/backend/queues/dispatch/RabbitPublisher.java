package dev.slipway.backend.queues.dispatch;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// Publishes by a channel of its own, with confirms.
final class RabbitPublisher implements Publisher {
    private static final long CONFIRM_MILLIS = 10_000;

    private final Rabbit rabbit;
    private final AtomicInteger returned = new AtomicInteger();
    private @Nullable Channel channel;

    RabbitPublisher(Rabbit rabbit) {
        this.rabbit = rabbit;
    }

    @Override
    public void publish(List<WakeUp> batch) throws IOException, InterruptedException {
        try {
            Channel open = open();
            returned.set(0);
            for (WakeUp wakeUp : batch) {
                open.basicPublish(
                        rabbit.exchange(),
                        Integer.toString(wakeUp.priority()),
                        true,
                        properties(wakeUp),
                        wakeUp.job().getBytes(StandardCharsets.UTF_8));
            }
            if (!open.waitForConfirms(CONFIRM_MILLIS)) {
                throw new IOException("the broker refused a message");
            }
            if (returned.get() > 0) {
                rabbit.declare(open);
                throw new IOException("a queue was missing, and is declared anew");
            }
        } catch (TimeoutException e) {
            giveUp();
            throw new IOException("the broker did not confirm in time", e);
        } catch (ShutdownSignalException e) {
            throw new IOException("the connection to the broker is cut", e);
        }
    }

    private static AMQP.BasicProperties properties(WakeUp wakeUp) {
        return MessageProperties.PERSISTENT_TEXT_PLAIN
                .builder()
                .messageId(wakeUp.job())
                .appId("slipway")
                .build();
    }

    private Channel open() throws IOException {
        Connection publishing = rabbit.publishing();
        if (!publishing.isOpen()) {
            throw new IOException("the connection to the broker is cut");
        }
        Channel known = channel;
        if (known != null && known.isOpen()) {
            return known;
        }
        Channel fresh = publishing.createChannel();
        fresh.confirmSelect();
        fresh.addReturnListener(_ -> returned.incrementAndGet());
        channel = fresh;
        return fresh;
    }

    /// A channel with confirms outstanding would wait for them in the next batch.
    private void giveUp() {
        Channel known = channel;
        channel = null;
        if (known != null) {
            try {
                known.abort();
            } catch (IOException | AlreadyClosedException _) {
                // it is gone already
            }
        }
    }
}
