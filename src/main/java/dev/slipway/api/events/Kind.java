package dev.slipway.api.events;

import dev.slipway.api.Health;
import dev.slipway.api.access.AuditEntry;
import dev.slipway.api.brokers.Broker;
import dev.slipway.api.brokers.BrokerQueue;
import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.launch.Launch;
import dev.slipway.api.metrics.CacheStatus;
import dev.slipway.api.metrics.Interval;
import dev.slipway.api.metrics.Window;
import dev.slipway.api.migration.Chunk;
import dev.slipway.api.migration.Plan;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunSync;
import dev.slipway.api.migration.Validation;
import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.api.queues.FailureGroup;
import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.TypeStatus;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.PictureRun;
import dev.slipway.api.tasks.WorkerPool;

import java.util.Locale;

/// The kinds of thing that the live stream carries and that a client keeps, each with the type of
/// its value.
public enum Kind {
    HEALTH(Health.class),
    WINDOW(Window.class),
    INTERVAL(Interval.class),
    QUEUE(QueueStatus.class),
    JOB(Job.class),
    FAILURE_GROUP(FailureGroup.class),
    REPAIR(Repair.class),
    HOLD(Hold.class),
    JOB_TYPE(TypeStatus.class),
    PLAN(Plan.class),
    RUN(Run.class),
    CHUNK(Chunk.class),
    QUARANTINED(Quarantined.class),
    VALIDATION(Validation.class),
    SYNC(RunSync.class),
    INVOICE_RUN(InvoiceRun.class),
    INVOICE(Invoice.class),
    LAUNCH(Launch.class),
    BROKER(Broker.class),
    BROKER_QUEUE(BrokerQueue.class),
    CACHE(CacheStatus.class),
    SCHEDULE(Schedule.class),
    SCHEDULE_RUN(ScheduleRun.class),
    AUDIT(AuditEntry.class),
    EXPORT(Export.class),
    WORKER_POOL(WorkerPool.class),
    PICTURE_RUN(PictureRun.class),
    JOB_BROKER(BrokerStatus.class);

    private final Class<?> type;

    Kind(Class<?> type) {
        this.type = type;
    }

    /// The type of a value of this kind.
    public Class<?> type() {
        return type;
    }

    /// The name on the wire, for example `failure-group`.
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
