package dev.slipway.backend.schedules;

import dev.slipway.api.access.Role;
import dev.slipway.api.schedules.ScheduleTask;
import dev.slipway.backend.access.AuditLog;
import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.queues.JobFailure;
import dev.slipway.backend.queues.JobHandler;
import dev.slipway.backend.queues.JobQueue;
import dev.slipway.backend.queues.JobQueue.NewJob;

import org.jdbi.v3.core.Handle;

import java.util.List;
import java.util.Map;

/// The task `audit.check`: follows the audit log's chain of hashes from its beginning. A chain that
/// is broken fails the job, so that someone learns of it.
public final class AuditCheck implements Task, JobHandler {
    private static final String NAME = "audit.check";
    private static final int ATTEMPTS = 3;

    private final JobQueue queue;
    private final AuditLog audit;

    public AuditCheck(JobQueue queue, AuditLog audit) {
        this.queue = queue;
        this.audit = audit;
    }

    @Override
    public ScheduleTask description() {
        return new ScheduleTask(
                NAME,
                "Checks that no entry of the audit log was changed or removed.",
                List.of(),
                List.of(Role.OPERATOR, Role.ONCALL));
    }

    @Override
    public Started start(Handle handle, Order order) {
        var job =
                new NewJob(
                        "upkeep",
                        NAME,
                        order.businessDate().toString(),
                        order.key(),
                        Map.of(),
                        ATTEMPTS);
        return Started.job(
                order.again()
                        ? queue.again(handle, job, order.user())
                        : queue.publish(handle, job));
    }

    @Override
    public String type() {
        return NAME;
    }

    @Override
    public void run(JobContext job) throws JobFailure {
        var broken = audit.firstBroken();
        if (broken.isPresent()) {
            throw new JobFailure(
                    "The audit log does not fit together from entry %d on: it was changed by someone who can write to the state database."
                            .formatted(broken.get().seq()),
                    false,
                    null);
        }
        job.log("The audit log is whole.");
    }
}
