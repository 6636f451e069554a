package dev.slipway.backend.queues;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobState;
import dev.slipway.backend.http.AuditTrail;
import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.queues.JobQueue.NewJob;
import dev.slipway.backend.queues.dispatch.BrokerSettings;
import dev.slipway.backend.queues.dispatch.Dispatch;
import dev.slipway.backend.queues.holds.Holds;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.StateStore;
import dev.slipway.testing.States;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/// A queue in a state database of its own, and workers over it.
final class QueueFixture implements AutoCloseable {
    static final ObjectMapper JSON = WireJson.mapper();

    final InstantSource clock;
    final StateStore store;
    final EventLog events;
    final JobQueue queue;
    final List<AuditTrail.Act> audited = new CopyOnWriteArrayList<>();
    private final List<Worker> workers = new ArrayList<>();
    private @Nullable BrokerSettings broker;
    private @Nullable Dispatch dispatch;

    QueueFixture(Path folder, InstantSource clock) {
        this(States.SQLITE, folder, clock);
    }

    /// Its workers are fed by a broker if the adapter is one.
    QueueFixture(Adapters adapter, Path folder, InstantSource clock) {
        this(adapter.states(), folder, clock);
        if (adapter.broker()) {
            broker = Adapters.freshBroker();
            dispatch = new Dispatch(store, events, broker, clock, "here", List.of());
            dispatch.start();
        }
    }

    QueueFixture(States states, Path folder, InstantSource clock) {
        this.clock = clock;
        store = states.open(folder);
        events = new EventLog(JSON, clock);
        queue = new SqlJobQueue(JSON, events, clock, new Random(1));
    }

    /// Settings that do not keep a test waiting; the lease ends only if a test's clock moves on.
    static WorkerSettings quick(int threads) {
        return new WorkerSettings(
                threads,
                Duration.ofSeconds(10),
                Duration.ofSeconds(3),
                Duration.ofMillis(20),
                Duration.ofMillis(10),
                Duration.ofSeconds(2),
                Duration.ofMinutes(10),
                3);
    }

    String publish(String type, String key, int attempts) {
        return publish("work", type, key, attempts);
    }

    String publish(String name, String type, String key, int attempts) {
        return store.write(
                handle ->
                        queue.publish(
                                handle,
                                new NewJob(
                                        name,
                                        type,
                                        "about " + key,
                                        key,
                                        Map.of("key", key),
                                        attempts)));
    }

    Worker worker(String name, WorkerSettings settings, JobHandler... handlers) {
        Worker worker = unfed(name, settings, handlers);
        return start(dispatch == null ? worker : worker.fedBy(dispatch));
    }

    /// One that looks for jobs itself, whatever the adapter; not started.
    Worker unfed(String name, WorkerSettings settings, JobHandler... handlers) {
        return new Worker(
                name,
                settings,
                List.of(handlers),
                store,
                events,
                JSON,
                clock,
                new Random(name.hashCode()));
    }

    HoldWatch holdWatch() {
        var holds = new Holds(events, clock);
        return new HoldWatch(store, holds, events, (_, act) -> audited.add(act), clock);
    }

    /// Takes a job as a worker would that then does nothing more.
    ///
    /// @return whether it got it
    boolean take(String worker, String id) {
        Instant now = clock.instant();
        Optional<StoredJob> taken =
                store.write(
                        handle -> new Claims(worker).take(handle, id, now, now.plusSeconds(10)));
        return taken.isPresent();
    }

    /// Starts a worker that ends with this.
    Worker start(Worker worker) {
        workers.add(worker);
        worker.start();
        return worker;
    }

    Job job(String id) {
        return store.read(handle -> Jobs.byId(handle, id).orElseThrow().job());
    }

    boolean is(String id, JobState state) {
        return job(id).state() == state;
    }

    List<String> log(String id) {
        return store.read(
                handle ->
                        handle.createQuery(
                                        "SELECT message FROM job_line WHERE job ="
                                                + " (SELECT seq FROM job WHERE id = :id) ORDER BY"
                                                + " seq")
                                .bind("id", id)
                                .mapTo(String.class)
                                .list());
    }

    @Override
    public void close() {
        workers.forEach(Worker::close);
        if (dispatch != null && broker != null) {
            dispatch.close();
            Adapters.remove(broker);
        }
        store.close();
    }

    /// A handler of a type that does what it is told.
    static JobHandler handler(String type, Work work) {
        return new JobHandler() {
            @Override
            public String type() {
                return type;
            }

            @Override
            public void run(JobContext job) throws Exception {
                work.run(job);
            }
        };
    }

    /// The same, whose jobs run until someone ends them.
    static JobHandler resident(String type, Work work) {
        return new JobHandler() {
            @Override
            public String type() {
                return type;
            }

            @Override
            public boolean resident() {
                return true;
            }

            @Override
            public void run(JobContext job) throws Exception {
                work.run(job);
            }
        };
    }

    @FunctionalInterface
    interface Work {
        void run(JobContext job) throws Exception;
    }
}
