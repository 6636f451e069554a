package dev.slipway.backend.queues.dispatch;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/// RabbitMQ: a quorum queue for each priority, bound to one exchange; what was brought too often in
/// vain goes by a dead-letter exchange to a queue of its own, of which the latest are kept: it is
/// only the id of a job, which is offered again when it is due. The client library connects again
/// by itself and declares everything anew.
final class Rabbit implements Broker {
    static final List<Integer> PRIORITIES = List.of(1, 2, 3);

    private static final int HEARTBEAT_SECONDS = 5;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int RECOVERY_MILLIS = 1_000;
    private static final int RPC_MILLIS = 10_000;

    /// A worker that dies gives its messages back; so many must die over one before it is put
    /// aside.
    private static final int DELIVERIES = 50;

    /// Messages that are kept for a look at what was put aside. While the database is away workers
    /// give every message back until it is.
    static final int PUT_ASIDE = 10_000;

    private final BrokerSettings settings;
    private final String process;
    private final ConnectionFactory factory = new ConnectionFactory();
    private final Object listens = new Object();
    private volatile @Nullable Connection publishing;
    private @Nullable Connection listening;

    Rabbit(BrokerSettings settings, String process) {
        this.settings = settings;
        this.process = process;
        try {
            factory.setUri(settings.url());
        } catch (java.security.NoSuchAlgorithmException | java.security.KeyManagementException e) {
            throw new IllegalArgumentException("can't use the broker " + settings.url(), e);
        }
        factory.setUsername(settings.user());
        factory.setPassword(settings.password());
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        factory.setConnectionTimeout(CONNECT_MILLIS);
        factory.setHandshakeTimeout(CONNECT_MILLIS);
        factory.setChannelRpcTimeout(RPC_MILLIS);
        factory.setNetworkRecoveryInterval(RECOVERY_MILLIS);
        factory.setAutomaticRecoveryEnabled(true);
        factory.setTopologyRecoveryEnabled(true);
    }

    /// The connection that publishes; made on first use.
    synchronized Connection publishing() throws IOException {
        Connection known = publishing;
        if (known != null) {
            return known;
        }
        Connection fresh = connect("publishes");
        publishing = fresh;
        return fresh;
    }

    /// The connection that consumes and looks; made on first use. The broker reads nothing more
    /// from one that publishes while it is short of memory or disk: answers to messages would not
    /// get through.
    Connection listening() throws IOException {
        synchronized (listens) {
            Connection known = listening;
            if (known != null) {
                return known;
            }
            Connection fresh = connect("listens");
            listening = fresh;
            return fresh;
        }
    }

    private Connection connect(String does) throws IOException {
        try {
            Connection fresh = factory.newConnection("slipway " + process + " " + does);
            try (Channel channel = fresh.createChannel()) {
                declare(channel);
            } catch (TimeoutException | IOException | ShutdownSignalException e) {
                fresh.abort(CONNECT_MILLIS);
                throw e instanceof IOException io ? io : new IOException(e);
            }
            return fresh;
        } catch (TimeoutException e) {
            throw new IOException("the broker does not answer in time", e);
        }
    }

    String queue(int priority) {
        return settings.prefix()
                + ".jobs."
                + switch (priority) {
                    case 1 -> "high";
                    case 2 -> "normal";
                    default -> "low";
                };
    }

    String exchange() {
        return settings.prefix() + ".jobs";
    }

    /// The exchange of what was put aside; before there was a limit, the name of its queue as well.
    private String dead() {
        return settings.prefix() + ".dead";
    }

    String putAside() {
        return dead() + ".latest";
    }

    void declare(Channel channel) throws IOException {
        String dead = dead();
        channel.exchangeDeclare(dead, BuiltinExchangeType.FANOUT, true);
        channel.queueDeclare(
                putAside(),
                true,
                false,
                false,
                Map.of("x-queue-type", "quorum", "x-max-length", PUT_ASIDE));
        channel.queueBind(putAside(), dead, "");
        // a queue's arguments can't be changed: the one without a limit gets nothing more
        channel.queueUnbind(dead, dead, "");
        channel.exchangeDeclare(exchange(), BuiltinExchangeType.DIRECT, true);
        for (int priority : PRIORITIES) {
            channel.queueDeclare(
                    queue(priority),
                    true,
                    false,
                    false,
                    Map.of(
                            "x-queue-type", "quorum",
                            "x-dead-letter-exchange", dead,
                            "x-delivery-limit", DELIVERIES));
            channel.queueBind(queue(priority), exchange(), Integer.toString(priority));
        }
    }

    @Override
    public Publisher publisher() {
        return new RabbitPublisher(this);
    }

    @Override
    public boolean anyWaits() throws IOException {
        Connection open = listening();
        if (!open.isOpen()) {
            throw new IOException("the connection to the broker is cut");
        }
        try (Channel channel = open.createChannel()) {
            for (int priority : PRIORITIES) {
                if (channel.queueDeclarePassive(queue(priority)).getMessageCount() > 0) {
                    return true;
                }
            }
            return false;
        } catch (TimeoutException | ShutdownSignalException e) {
            throw new IOException("the broker does not answer", e);
        }
    }

    @Override
    public Deliveries consume(int prefetch) {
        var deliveries = new RabbitDeliveries(this, prefetch);
        deliveries.begin();
        return deliveries;
    }

    @Override
    public void close() {
        Connection listened;
        synchronized (listens) {
            listened = listening;
            listening = null;
        }
        abort(listened);
        Connection published = publishing;
        publishing = null;
        abort(published);
    }

    private static void abort(@Nullable Connection known) {
        if (known != null) {
            known.abort(CONNECT_MILLIS);
        }
    }
}
