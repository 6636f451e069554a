package dev.slipway.testing;

import dev.slipway.api.queues.Attempt;
import dev.slipway.api.queues.AttemptEnd;
import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.api.queues.FailureGroup;
import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobFilter;
import dev.slipway.api.queues.JobLine;
import dev.slipway.api.queues.JobState;
import dev.slipway.api.queues.Priority;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.RepairAct;
import dev.slipway.api.queues.RepairPreview;
import dev.slipway.api.queues.RepairProgress;
import dev.slipway.api.queues.RepairState;
import dev.slipway.api.queues.StartRepair;
import dev.slipway.api.queues.Stop;
import dev.slipway.api.queues.TypeStatus;
import dev.slipway.api.queues.Untouched;
import dev.slipway.api.tasks.TypeCost;
import dev.slipway.api.tasks.WorkerPool;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

/// Queues, jobs and faults of a bad night.
public record MuchWork(Instant now) {
    /// A worker on demand died of a lack of memory.
    public WorkerPool pool() {
        return new WorkerPool(
                List.of("export", "picture.run"),
                2,
                300,
                List.of(new WorkerPool.Running(4_711, now.minusSeconds(90))),
                1,
                now.plusSeconds(4),
                "Worker 4650 ended with exit code 137 after 3 s. The next one is started in 4 s if"
                        + " jobs still wait; its log is on-demand.log in the folder logs.",
                now);
    }

    /// RabbitMQ was stopped a quarter of an hour ago.
    public BrokerStatus brokerAway() {
        return new BrokerStatus(
                BrokerStatus.State.AWAY,
                "amqp://rabbit.shop.internal:5672/jobs",
                now.minusSeconds(845),
                "ConnectException: Connection refused",
                1_204,
                now.minusSeconds(844),
                "web-2-4711",
                null,
                List.of("migration.sync", "picture.run"),
                null,
                false);
    }

    /// Of the last week; the worker of a few attempts died.
    public List<TypeCost> costs() {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return List.of(
                new TypeCost("invoice.render", today, 1_204, 1_231, 391_200, 0, 640_000),
                new TypeCost("invoice.mail", today, 388, 1_610, 12_900, 2, 3_210_000),
                new TypeCost("picture.folder", today, 0, 1, 0, 1, 62_000),
                new TypeCost(
                        "invoice.render",
                        today.minusDays(1),
                        41_204,
                        41_231,
                        13_391_200,
                        4,
                        22_640_000),
                new TypeCost("migration.run", today.minusDays(2), 1, 3, 8_640_000, 0, 9_000_000),
                new TypeCost("schedule.audit", today.minusDays(6), 7, 7, 21, 0, 90));
    }

    public List<QueueStatus> queues() {
        return List.of(
                new QueueStatus("migration", 0, 1, 0, 0, null, 0.2, 0.2, 0, 2, null),
                new QueueStatus(
                        "invoice",
                        1_204,
                        2,
                        31,
                        412,
                        now.minusSeconds(1_860),
                        84.2,
                        61.5,
                        12.4,
                        2,
                        null),
                new QueueStatus("mail", 388, 0, 0, 0, now.minusSeconds(722), 20, 0, 0, 0, null),
                new QueueStatus(
                        "thumbnails", 12, 4, 7, 0, now.minusSeconds(4), 310, 305, 3, 4, null));
    }

    public List<FailureGroup> failures() {
        return List.of(
                new FailureGroup(
                        "f1a9c0de",
                        "invoice",
                        "invoice.mail",
                        "The mail server at mail.example refused the recipient: 550 5.1.1 unknown",
                        388,
                        now.minusSeconds(7_000),
                        now.minusSeconds(31)),
                new FailureGroup(
                        "0badf00d",
                        "invoice",
                        "invoice.render",
                        "The vendor 'Atelier 12' has no address",
                        24,
                        now.minusSeconds(90_000),
                        now.minusSeconds(86_500)));
    }

    public List<Hold> holds() {
        return List.of(
                new Hold(
                        HoldKind.QUEUE,
                        "mail",
                        "mail server down, provider ticket 4711",
                        "oncall.ines",
                        now.minusSeconds(1_500),
                        now.plusSeconds(10_800)),
                new Hold(
                        HoldKind.TYPE,
                        "invoice.render",
                        "wrong logo on the template",
                        "olga",
                        now.minusSeconds(600),
                        null));
    }

    public List<TypeStatus> types() {
        return List.of(
                new TypeStatus("invoice.mail", List.of("invoice"), 2, 2, now.minusSeconds(1_860)),
                new TypeStatus(
                        "invoice.render", List.of("invoice"), 0, null, now.minusSeconds(610)),
                new TypeStatus("migration.run", List.of("migration"), 1, null, null),
                new TypeStatus("newsletter", List.of("mail"), 0, 4, now.minusSeconds(722)));
    }

    /// The attempts of a job that has failed three times; a worker was lost, another drained.
    public List<Attempt> attempts() {
        String error = "The mail server at mail.example refused the recipient: 550 5.1.1";
        return List.of(
                attempt(1, 1, "worker-1", 4_000, 3_990, AttemptEnd.FAILED, error, 84L),
                attempt(2, 2, "worker-2", 3_960, 3_900, AttemptEnd.LOST, "No answer.", null),
                attempt(3, 2, "worker-3", 3_900, 3_880, AttemptEnd.HANDED_BACK, null, 12L),
                attempt(4, 2, "worker-1", 3_880, 3_870, AttemptEnd.FAILED, error, 80L),
                attempt(5, 3, "worker-1", 3_600, 3_590, AttemptEnd.FAILED, error, 91L));
    }

    private Attempt attempt(
            long number,
            int attempt,
            String worker,
            long from,
            long to,
            AttemptEnd end,
            @Nullable String error,
            @Nullable Long cpu) {
        return new Attempt(
                number,
                attempt,
                worker,
                now.minusSeconds(from),
                now.minusSeconds(to),
                end,
                error,
                error == null ? null : "f1a9c0de",
                cpu);
    }

    public List<Job> jobs(int count) {
        return IntStream.range(0, count).mapToObj(this::job).toList();
    }

    private Job job(int i) {
        JobState state = JobState.values()[i % 3 == 0 ? 4 : i % JobState.values().length];
        boolean failed = state == JobState.DEAD || state == JobState.RETRYING;
        return new Job(
                "job-" + (100_000 + i),
                "invoice",
                i % 2 == 0 ? "invoice.mail" : "invoice.render",
                "2026-11-21 · Atelier " + i,
                state,
                1 + i % 5,
                5,
                now.minusSeconds(3_600 + i),
                now.minusSeconds(i),
                state == JobState.READY ? null : now.minusSeconds(i),
                state.ended() ? now.minusSeconds(i / 2) : null,
                state == JobState.READY ? null : "worker-" + i % 4,
                i % 7,
                state == JobState.READY ? 0 : 7,
                failed ? "The mail server at mail.example refused the recipient: 550 5.1.1" : null,
                failed ? "f1a9c0de" : null,
                Priority.NORMAL,
                state == JobState.DISCARDED
                        ? new Stop("olga", "the vendor has left", now.minusSeconds(i / 2))
                        : null);
    }

    /// The log of a job that has tried for long.
    public List<JobLine> lines(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(
                        i ->
                                new JobLine(
                                        i,
                                        now.minusSeconds(count - i),
                                        1 + i / 500,
                                        i % 100 == 0 ? "ERROR" : "INFO",
                                        "mail " + i + ": 550 5.1.1 no such user"))
                .toList();
    }

    /// A repair of all failed jobs, some way on.
    public Repair repair(RepairState state) {
        return repair(state, 11_400);
    }

    /// The same, so many jobs on.
    public Repair repair(RepairState state, long moved) {
        boolean begun = state != RepairState.COUNTING && state != RepairState.COUNTED;
        return new Repair(
                "repair-1",
                RepairAct.RETRY,
                JobFilter.ALL,
                null,
                state,
                "olga",
                now.minusSeconds(90),
                now.minusSeconds(90),
                begun ? now.minusSeconds(60) : null,
                null,
                new RepairPreview(
                        100_000,
                        100_000,
                        jobs(15).stream().filter(j -> j.state() == JobState.DEAD).limit(5).toList(),
                        List.of(new Untouched(Untouched.Cause.RETRYING, 31, false))),
                StartRepair.STANDARD,
                begun
                        ? new RepairProgress(
                                200, moved, 388, moved - 430, 42, (100_000 - moved) / 200)
                        : new RepairProgress(0, 0, 0, 0, 0, 505L),
                state == RepairState.STOPPED
                        ? "21 of the latest 200 that ended failed again: the limit is 10 %."
                        : "");
    }
}
