package dev.slipway.backend.brokers;

import static dev.slipway.api.access.Role.ONCALL;
import static dev.slipway.api.access.Role.OPERATOR;
import static dev.slipway.backend.http.Route.ANYONE_LOGGED_IN;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.access.Role;
import dev.slipway.api.brokers.Broker;
import dev.slipway.api.brokers.BrokerQueue;
import dev.slipway.api.brokers.LookAt;
import dev.slipway.api.brokers.LookedAt;
import dev.slipway.api.brokers.MoveMessages;
import dev.slipway.api.brokers.MovePreview;
import dev.slipway.api.brokers.MoveStarted;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.Request;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;

import java.util.List;
import java.util.Set;

/// The shop's own brokers. Everyone sees the figures; operators and on-call engineers look at
/// messages, which hold other applications' data, and move them.
public final class BrokerRoutes implements Routes {
    private static final Set<Role> REPAIRERS = Set.of(OPERATOR, ONCALL);
    private static final int MOST_LOOKED_AT = 200;
    private static final int MOST_CHOSEN = 5_000;
    private static final int FASTEST = 1_000;
    private static final int NAME = 255;

    private final BrokerService brokers;
    private final List<Route> routes;

    public BrokerRoutes(BrokerService brokers) {
        this.brokers = brokers;
        this.routes =
                List.of(
                        new Route(
                                        "GET",
                                        Paths.BROKERS,
                                        ANYONE_LOGGED_IN,
                                        "The shop's own brokers",
                                        null,
                                        Broker.class,
                                        _ -> brokers.brokers())
                                .listed(),
                        new Route(
                                        "GET",
                                        Paths.BROKER_QUEUES,
                                        ANYONE_LOGGED_IN,
                                        "The queues of a broker",
                                        null,
                                        BrokerQueue.class,
                                        this::queues)
                                .paged(),
                        new Route(
                                        "POST",
                                        Paths.BROKER_LOOK,
                                        REPAIRERS,
                                        "Look at a queue's first messages: they are taken and put"
                                                + " back",
                                        LookAt.class,
                                        LookedAt.class,
                                        this::look)
                                .reachingOutside(),
                        new Route(
                                        "POST",
                                        Paths.BROKER_MOVE_PREVIEW,
                                        REPAIRERS,
                                        "What a move would do",
                                        MoveMessages.class,
                                        MovePreview.class,
                                        this::preview)
                                .reachingOutside(),
                        new Route(
                                "POST",
                                Paths.BROKER_MOVES,
                                REPAIRERS,
                                "Move dead-lettered messages back to where they came from, as a"
                                        + " job",
                                MoveMessages.class,
                                MoveStarted.class,
                                this::move));
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    private Page<BrokerQueue> queues(Request request) {
        List<BrokerQueue> all = brokers.queues(request.path("broker"));
        int from = cursor(request, all.size());
        int to = Math.min(all.size(), from + request.query("limit", 500, 1, 2_000));
        return new Page<>(
                all.subList(from, to),
                to < all.size() ? Integer.toString(to) : null,
                (long) all.size());
    }

    private static int cursor(Request request, int most) {
        String cursor = request.query("after").orElse("0");
        if (!cursor.matches("[0-9]{1,9}")) {
            throw Refused.badRequest("after", "Not a cursor that this list gave.");
        }
        return Math.min(Integer.parseInt(cursor), most);
    }

    private LookedAt look(Request request) throws InterruptedException {
        LookAt asked = request.body(LookAt.class);
        checked(asked.vhost(), asked.queue());
        within("count", asked.count(), MOST_LOOKED_AT);
        request.audit(subject(request, asked.vhost(), asked.queue()), "");
        return brokers.look(request.path("broker"), asked);
    }

    private MovePreview preview(Request request) throws InterruptedException {
        MoveMessages asked = asked(request);
        return brokers.preview(request.path("broker"), asked);
    }

    private Effect<MoveStarted> move(Request request) throws InterruptedException {
        MoveMessages asked = asked(request);
        return brokers.move(request.path("broker"), asked, request.user());
    }

    private static MoveMessages asked(Request request) {
        MoveMessages asked = request.body(MoveMessages.class);
        checked(asked.vhost(), asked.queue());
        within("perSecond", asked.perSecond(), FASTEST);
        if (asked.fingerprints().size() > MOST_CHOSEN) {
            throw Refused.badRequest(
                    "fingerprints", "At most " + MOST_CHOSEN + " messages can be chosen.");
        }
        request.audit(subject(request, asked.vhost(), asked.queue()), asked.reason());
        return asked;
    }

    private static void checked(String vhost, String queue) {
        if (vhost.isEmpty() || vhost.length() > NAME) {
            throw Refused.badRequest("vhost", "Must be 1 to 255 characters.");
        }
        if (queue.isEmpty() || queue.length() > NAME) {
            throw Refused.badRequest("queue", "Must be 1 to 255 characters.");
        }
    }

    private static void within(String field, int value, int most) {
        if (value < 1 || value > most) {
            throw Refused.badRequest(field, "Must be 1 to " + most + ".");
        }
    }

    private static String subject(Request request, String vhost, String queue) {
        return request.path("broker") + " " + vhost + " " + queue;
    }
}
