package dev.slipway.backend.brokers;

import dev.slipway.api.brokers.Broker;
import dev.slipway.api.brokers.BrokerAccess;
import dev.slipway.api.brokers.BrokerQueue;
import dev.slipway.api.brokers.DeadMessage;
import dev.slipway.api.brokers.LookAt;
import dev.slipway.api.brokers.LookedAt;
import dev.slipway.api.brokers.MoveMessages;
import dev.slipway.api.brokers.MovePreview;
import dev.slipway.api.brokers.MoveStarted;
import dev.slipway.api.events.Change;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.queues.JobHandler;
import dev.slipway.backend.queues.JobQueue;
import dev.slipway.backend.queues.JobQueue.NewJob;
import dev.slipway.backend.stream.LiveFeed;
import dev.slipway.config.Configuration;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What a person sees of the shop's own brokers and may do there.
public final class BrokerService implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final int PREVIEW_LOOKS = 100;
    private static final int ATTEMPTS = 10;

    private final Map<String, BrokerWatch> watches = new LinkedHashMap<>();
    private final JobQueue queue;
    private final InstantSource clock;
    private final JobHandler handler;

    /// @throws dev.slipway.config.BadFile later, by [Configuration#check], if `brokers` is wrong
    public BrokerService(
            Configuration configuration, JobQueue queue, LiveFeed feed, InstantSource clock) {
        this(BrokerSettings.read(configuration), PATIENCE, queue, feed, clock);
    }

    BrokerService(
            List<BrokerSettings> brokers,
            Duration patience,
            JobQueue queue,
            LiveFeed feed,
            InstantSource clock) {
        this.queue = queue;
        this.clock = clock;
        this.handler = new MoveHandler(brokers);
        for (BrokerSettings settings : brokers) {
            var management = new Management(settings, patience);
            watches.put(settings.name(), new BrokerWatch(settings, management, feed, clock));
        }
    }

    public void start() {
        watches.values().forEach(BrokerWatch::start);
    }

    /// Runs the moves.
    public JobHandler handler() {
        return handler;
    }

    public List<Broker> brokers() {
        return watches.values().stream().map(BrokerWatch::broker).toList();
    }

    /// The queues as they were seen last, by virtual host and name.
    List<BrokerQueue> queues(String broker) {
        return watch(broker).queues().stream()
                .sorted(Comparator.comparing(BrokerQueue::vhost).thenComparing(BrokerQueue::name))
                .toList();
    }

    public List<Change> snapshot() {
        return watches.values().stream().flatMap(watch -> watch.snapshot().stream()).toList();
    }

    BrokerWatch watch(String broker) {
        BrokerWatch watch = watches.get(broker);
        if (watch == null) {
            throw Refused.notFound("broker", broker);
        }
        return watch;
    }

    /// Takes the first messages of a queue and puts them back.
    LookedAt look(String broker, LookAt asked) throws InterruptedException {
        QueueAtBroker there = allowed(broker, BrokerAccess.LOOK, asked.vhost(), asked.queue());
        BrokerQueue standing = there.standing();
        if (standing.type().equals("stream")) {
            throw Refused.conflict(
                    "A stream's messages can't be taken and put back. Nothing was done.");
        }
        if (standing.deliveryLimit() != null && !asked.despiteLimit()) {
            throw Refused.conflict(
                    "This queue gives a message up after it was delivered "
                            + standing.deliveryLimit()
                            + " times, and each look counts as one. Nothing was done; look all the"
                            + " same if that is meant.");
        }
        List<DeadMessage> messages = there.take(asked.count());
        return new LookedAt(
                asked.vhost(), asked.queue(), messages, standing.ready(), clock.instant());
    }

    /// @throws Refused if there is no such broker, or the configuration does not allow so much
    ///   there
    private QueueAtBroker allowed(String broker, BrokerAccess wanted, String vhost, String queue) {
        BrokerWatch watch = watch(broker);
        if (watch.settings().access().compareTo(wanted) < 0) {
            throw Refused.conflict(
                    "The configuration lets Slipway only "
                            + watch.settings().access().name().toLowerCase(java.util.Locale.ROOT)
                            + " at this broker. Nothing was done; 'access: "
                            + wanted.name().toLowerCase(java.util.Locale.ROOT)
                            + "' of the broker in the configuration allows it.");
        }
        return new QueueAtBroker(watch, vhost, queue, clock);
    }

    /// What a move would do.
    MovePreview preview(String broker, MoveMessages asked) throws InterruptedException {
        QueueAtBroker there = allowed(broker, BrokerAccess.MOVE, asked.vhost(), asked.queue());
        BrokerQueue standing = there.standing();
        // each look would count towards the limit
        List<DeadMessage> looked =
                standing.deliveryLimit() == null ? there.take(PREVIEW_LOOKS) : List.of();
        List<DeadMessage> meant =
                asked.fingerprints().isEmpty()
                        ? looked
                        : looked.stream()
                                .filter(m -> asked.fingerprints().contains(m.fingerprint()))
                                .toList();
        Long messages =
                asked.fingerprints().isEmpty()
                        ? standing.ready()
                        : Long.valueOf(asked.fingerprints().size());
        return previewed(there, asked, meant, messages);
    }

    private static MovePreview previewed(
            QueueAtBroker there,
            MoveMessages asked,
            List<DeadMessage> meant,
            @Nullable Long messages)
            throws InterruptedException {
        Map<Destination, Integer> counts = new LinkedHashMap<>();
        int staying = 0;
        for (DeadMessage message : meant) {
            Destination to = Destination.of(message.origin(), asked.via());
            if (to == null) {
                staying++;
            } else {
                counts.merge(to, 1, Integer::sum);
            }
        }
        List<MovePreview.Destination> destinations = new ArrayList<>();
        for (var entry : counts.entrySet()) {
            String problem = there.gone(entry.getKey());
            staying += problem.isEmpty() ? 0 : entry.getValue();
            destinations.add(
                    new MovePreview.Destination(entry.getKey().told(), entry.getValue(), problem));
        }
        destinations.sort(
                Comparator.comparingInt(MovePreview.Destination::messages)
                        .reversed()
                        .thenComparing(MovePreview.Destination::to));
        Long seconds = messages == null ? null : Long.valueOf(messages / asked.perSecond());
        return new MovePreview(messages, meant.size(), destinations, staying, seconds);
    }

    /// Begins a move: it is a job.
    Effect<MoveStarted> move(String broker, MoveMessages asked, String user)
            throws InterruptedException {
        QueueAtBroker there = allowed(broker, BrokerAccess.MOVE, asked.vhost(), asked.queue());
        BrokerQueue standing = there.standing();
        if (standing.deliveryLimit() != null && !asked.limitIsMeant()) {
            throw Refused.conflict(
                    "This queue gives a message up after it was delivered "
                            + standing.deliveryLimit()
                            + " times, and a move takes out and puts back every message that it"
                            + " passes over or can't place, which counts as one. Nothing was done;"
                            + " move despite the limit if that is meant.");
        }
        Long ready = standing.ready();
        if (ready == null) {
            throw Refused.conflict(
                    "The broker does not say how many messages lie there, so that it can't be said"
                            + " when to end. Nothing was done; try again in a few seconds.");
        }
        var job =
                new MoveJob(
                        broker,
                        asked.vhost(),
                        asked.queue(),
                        asked.fingerprints(),
                        asked.via(),
                        asked.perSecond(),
                        ready,
                        user);
        int chosen = asked.fingerprints().size();
        String what = chosen == 0 ? "all " + ready : Integer.toString(chosen);
        return Effect.of(
                handle ->
                        new MoveStarted(
                                queue.publish(
                                        handle,
                                        new NewJob(
                                                MoveJob.QUEUE,
                                                MoveJob.TYPE,
                                                what + " back from " + asked.queue(),
                                                "broker-move:" + UUID.randomUUID(),
                                                job,
                                                ATTEMPTS)),
                                ready));
    }

    @Override
    public void close() {
        watches.values().forEach(BrokerWatch::close);
    }
}
