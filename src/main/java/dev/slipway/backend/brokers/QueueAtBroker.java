package dev.slipway.backend.brokers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.slipway.api.brokers.BrokerQueue;
import dev.slipway.api.brokers.DeadMessage;
import dev.slipway.backend.http.Refused;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// One queue at a broker, asked at this moment.
final class QueueAtBroker {
    private static final int PREVIEW_BYTES = 65_536;

    private final BrokerWatch watch;
    private final String vhost;
    private final String name;
    private final InstantSource clock;

    QueueAtBroker(BrokerWatch watch, String vhost, String name, InstantSource clock) {
        this.watch = watch;
        this.vhost = vhost;
        this.name = name;
        this.clock = clock;
    }

    /// The queue as it stands now.
    BrokerQueue standing() throws InterruptedException {
        JsonNode item = asking(() -> watch.management().get(path(vhost, name)));
        List<BrokerQueue> found =
                QueueAnswer.queues(
                        watch.settings().name(),
                        JsonNodeFactory.instance.arrayNode().add(item),
                        watch.broker().product(),
                        clock.instant());
        if (found.isEmpty()) {
            throw away("its answer says nothing of the queue");
        }
        return found.getFirst();
    }

    /// Its first messages; they are put back.
    List<DeadMessage> take(int count) throws InterruptedException {
        Map<String, Object> body =
                Map.of(
                        "count",
                        count,
                        "ackmode",
                        "ack_requeue_true",
                        // what it was called before 3.7
                        "requeue",
                        true,
                        "encoding",
                        "base64",
                        "truncate",
                        PREVIEW_BYTES);
        JsonNode answer = asking(() -> watch.management().post(path(vhost, name) + "/get", body));
        return MessageAnswer.messages(answer);
    }

    /// Why nothing can be sent there; empty if it can.
    String gone(Destination to) throws InterruptedException {
        boolean toQueue = to.exchange().isEmpty();
        String path =
                toQueue
                        ? path(vhost, to.routingKey())
                        : "/api/exchanges/"
                                + Management.encode(vhost)
                                + "/"
                                + Management.encode(to.exchange());
        try {
            watch.management().get(path);
            return "";
        } catch (BrokerRefused e) {
            return e.status() == 404
                    ? toQueue ? "the queue is gone" : "the exchange is gone"
                    : "not known: " + e.getMessage();
        } catch (IOException | Unreadable e) {
            return "not known: " + e.getMessage();
        }
    }

    private interface Question {
        JsonNode ask() throws IOException, InterruptedException, BrokerRefused, Unreadable;
    }

    private JsonNode asking(Question question) throws InterruptedException {
        try {
            return question.ask();
        } catch (BrokerRefused e) {
            if (e.status() == 404) {
                throw new Refused(
                        404,
                        "not-found",
                        "The broker knows no such queue. Nothing was done.",
                        List.of());
            }
            throw away(String.valueOf(e.getMessage()));
        } catch (IOException | Unreadable e) {
            throw away(String.valueOf(e.getMessage()));
        }
    }

    private Refused away(String why) {
        return new Refused(
                502,
                "broker",
                "The broker "
                        + watch.settings().name()
                        + " could not be asked: "
                        + why
                        + ". No message is lost by that; try again.",
                List.of());
    }

    private static String path(String vhost, String name) {
        return "/api/queues/" + Management.encode(vhost) + "/" + Management.encode(name);
    }
}
