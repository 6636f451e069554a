package dev.slipway.backend.queues;

import dev.slipway.backend.queues.dispatch.Deliveries;
import dev.slipway.backend.queues.dispatch.Delivery;
import dev.slipway.backend.queues.dispatch.Wakes;
import dev.slipway.backend.store.StateStore;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Where a worker's jobs come from: the state database, or a broker that says which to take there.
final class Supply {
    private static final int TRIES = 5;

    private final Claims claims;
    private final Endings endings;
    private final StateStore store;
    private final WorkerSettings settings;
    private final InstantSource clock;
    private final Turns turns = new Turns();
    private final Wakes wakes = new Wakes();
    private final FairShare share = new FairShare();

    /// @param endings writes the end of what is taken and then not run
    Supply(
            Claims claims,
            Endings endings,
            StateStore store,
            WorkerSettings settings,
            InstantSource clock) {
        this.claims = claims;
        this.endings = endings;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    /// A job that is the worker's own until then, and to be run.
    record Taken(StoredJob job, Instant until) {}

    /// Takes the job that the broker brought or, so that no queue starves, one whose message is
    /// still to come and will find it taken.
    Optional<Taken> fed(Deliveries brought, Set<String> types) throws InterruptedException {
        Optional<Taken> fair = share.isTurn() ? look(types, share::seen) : Optional.empty();
        return fair.isPresent() ? fair : offered(brought, types);
    }

    /// Takes the job that the broker brought. Whoever finds it taken, or not due any more, has
    /// nothing to do; one that is held or over its type's limit is offered again when it may run.
    private Optional<Taken> offered(Deliveries brought, Set<String> types)
            throws InterruptedException {
        Delivery delivery = brought.next(settings.poll());
        if (delivery == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Instant until = now.plus(settings.lease());
        Optional<StoredJob> claimed;
        try {
            claimed =
                    store.alongside(
                            handle -> {
                                Optional<StoredJob> taken =
                                        Jobs.byId(handle, delivery.job())
                                                .filter(job -> types.contains(job.job().type()))
                                                .flatMap(
                                                        job ->
                                                                claims.take(
                                                                        handle,
                                                                        delivery.job(),
                                                                        now,
                                                                        until));
                                if (taken.isEmpty()) {
                                    wakes.again(handle, delivery.job(), now);
                                }
                                return taken;
                            });
        } catch (RuntimeException e) {
            delivery.answer().done(false);
            throw e;
        }
        delivery.answer().done(true);
        return claimed.filter(this::bearable).map(job -> new Taken(job, until));
    }

    /// Takes a job, from another queue each time, so that a long queue does not starve the others.
    Optional<Taken> look(Set<String> types) {
        return look(types, heads -> !heads.isEmpty());
    }

    /// @param worth whether one is to be taken, by what waits
    private Optional<Taken> look(Set<String> types, Predicate<List<Claims.Head>> worth) {
        for (int i = 0; i < TRIES; i++) {
            Instant seen = clock.instant();
            List<Claims.Head> heads = store.read(handle -> claims.heads(handle, types, seen));
            if (!worth.test(heads)) {
                return Optional.empty();
            }
            Instant now = clock.instant();
            Instant until = now.plus(settings.lease());
            Optional<StoredJob> claimed = take(turns.order(heads), now, until);
            if (claimed.isPresent()) {
                return claimed.filter(this::bearable).map(job -> new Taken(job, until));
            }
            // another worker was faster: what else is there?
        }
        return Optional.empty();
    }

    /// Each lane in a transaction of its own: who waited for two limits at once could wait for
    /// someone who waits for the same two.
    private Optional<StoredJob> take(List<Claims.Head> heads, Instant now, Instant until) {
        return heads.stream()
                .flatMap(head -> store.alongside(h -> claims.take(h, head, now, until)).stream())
                .findFirst();
    }

    /// Whether a job is to be run; one that was cancelled ends here, and one that costs every
    /// worker's life is buried.
    private boolean bearable(StoredJob job) {
        if (job.job().stop() != null) {
            store.writing(handle -> endings.cancelled(handle, job, clock.instant()));
            return false;
        }
        if (job.losses() < settings.losses()) {
            return true;
        }
        store.writing(handle -> endings.buryKiller(handle, job, clock.instant()));
        return false;
    }
}
