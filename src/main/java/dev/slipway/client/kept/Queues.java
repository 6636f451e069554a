package dev.slipway.client.kept;

import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.api.queues.FailureGroup;
import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.TypeStatus;
import dev.slipway.api.tasks.WorkerPool;
import dev.slipway.client.offline.Query;
import dev.slipway.client.offline.Shelf;

import java.util.Comparator;
import java.util.List;

/// What is kept of queues.
public final class Queues {
    private Queues() {}

    /// The queues by name.
    public static Query<List<QueueStatus>> all() {
        return Shelf.all(Kind.QUEUE, QueueStatus.class, Comparator.comparing(QueueStatus::name));
    }

    /// What is paused, the latest first; a pause whose time has come may still be among them.
    public static Query<List<Hold>> holds() {
        return Shelf.all(Kind.HOLD, Hold.class, Comparator.comparing(Hold::since).reversed());
    }

    /// The types of job by name.
    public static Query<List<TypeStatus>> types() {
        return Shelf.all(Kind.JOB_TYPE, TypeStatus.class, Comparator.comparing(TypeStatus::type));
    }

    /// The workers that are started on demand; none where the backend starts none.
    public static Query<List<WorkerPool>> pools() {
        return Shelf.all(Kind.WORKER_POOL, WorkerPool.class, Comparator.comparing(WorkerPool::at));
    }

    /// The broker that brings jobs to workers; none where none is used.
    public static Query<List<BrokerStatus>> broker() {
        return Shelf.all(
                Kind.JOB_BROKER, BrokerStatus.class, Comparator.comparing(BrokerStatus::since));
    }

    /// The groups of dead jobs, the largest first.
    public static Query<List<FailureGroup>> failures() {
        return Shelf.all(
                Kind.FAILURE_GROUP,
                FailureGroup.class,
                Comparator.comparing(FailureGroup::count).reversed());
    }

    /// Repairs of failed jobs, the newest first.
    public static Query<List<Repair>> repairs() {
        return Shelf.all(
                Kind.REPAIR, Repair.class, Comparator.comparing(Repair::createdAt).reversed());
    }
}
