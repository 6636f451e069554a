package dev.slipway.testing;

import dev.slipway.api.access.Role;
import dev.slipway.api.events.Kind;
import dev.slipway.api.schedules.CatchUp;
import dev.slipway.api.schedules.Overlap;
import dev.slipway.api.schedules.PlannedRun;
import dev.slipway.api.schedules.RunCause;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.SchedulePause;
import dev.slipway.api.schedules.SchedulePreview;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.schedules.ScheduleRunState;
import dev.slipway.api.schedules.ScheduleSpec;
import dev.slipway.api.schedules.ScheduleTask;
import dev.slipway.api.schedules.ScheduleVersion;
import dev.slipway.client.offline.Document;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The schedules of a bad week: one failed, one missed a date, one is paused, one is off.
public final class MuchSchedules {
    public static final String WORST = "vendor-invoices";
    private static final String ZONE = "Europe/Berlin";

    private final Instant now;
    private final LocalDate today;

    public MuchSchedules(Instant now) {
        this.now = now;
        this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    public List<Document> documents() {
        List<Document> all = new ArrayList<>();
        schedules().forEach(one -> all.add(Document.of(Kind.SCHEDULE, one.name(), one)));
        runs().forEach(run -> all.add(Document.of(Kind.SCHEDULE_RUN, run.id(), run)));
        return all;
    }

    public List<Schedule> schedules() {
        var until = now.plus(Duration.ofHours(5));
        return List.of(
                schedule("audit-check", "0 3 * * *", null, true),
                schedule(WORST, "0 2 * * *", null, true),
                schedule("orders-export", "30 4 * * *", null, true),
                schedule(
                        "stock-report",
                        "15 6 * * 1-5",
                        new SchedulePause(
                                "oncall.ines", now.minusSeconds(900), until, "stocktaking"),
                        true),
                schedule("year-end", "0 1 1 1 *", null, false));
    }

    private Schedule schedule(
            String name, String cron, @Nullable SchedulePause pause, boolean enabled) {
        var spec =
                new ScheduleSpec(
                        cron,
                        ZONE,
                        "audit.check",
                        Map.of(),
                        1,
                        CatchUp.LATEST,
                        60,
                        Overlap.WAIT,
                        enabled);
        return new Schedule(
                name,
                3,
                spec,
                "every day at " + cron,
                pause,
                enabled ? next() : List.of(),
                run(name, today.minusDays(1), ScheduleRunState.DONE, ""),
                null,
                "ada",
                now.minusSeconds(90_000));
    }

    private List<PlannedRun> next() {
        return IntStream.range(0, 10)
                .mapToObj(
                        i ->
                                new PlannedRun(
                                        today.plusDays(i),
                                        now.plus(Duration.ofDays(i)).plusSeconds(82_555),
                                        "+01:00",
                                        i == 4
                                                ? "02:30 does not exist on this date (the clocks go forward): runs at 03:00"
                                                : null,
                                        i == 2 ? ScheduleRunState.SKIPPED : null))
                .toList();
    }

    public List<ScheduleRun> runs() {
        List<ScheduleRun> all = new ArrayList<>();
        for (String name : List.of("audit-check", WORST, "orders-export")) {
            for (int back = 1; back <= 21; back++) {
                all.add(run(name, today.minusDays(back), state(name, back), reason(name, back)));
            }
            all.add(run(name, today.plusDays(2), ScheduleRunState.SKIPPED, "holiday"));
        }
        return all;
    }

    private static ScheduleRunState state(String name, int back) {
        if (name.equals(WORST) && back == 3) {
            return ScheduleRunState.FAILED;
        }
        if (name.equals("orders-export") && back == 2) {
            return ScheduleRunState.MISSED;
        }
        return back == 9 ? ScheduleRunState.SKIPPED : ScheduleRunState.DONE;
    }

    private static String reason(String name, int back) {
        return switch (state(name, back)) {
            case FAILED -> "The shop's database can't be read: connection refused";
            case MISSED ->
                    "No backend was up when it was due; a later date was due too, and only the"
                            + " latest is run";
            case SKIPPED -> "paused by ada: stocktaking";
            default -> "";
        };
    }

    private ScheduleRun run(String name, LocalDate date, ScheduleRunState state, String reason) {
        Instant due = date.plusDays(1).atTime(1, 0).toInstant(ZoneOffset.UTC);
        boolean ran = state == ScheduleRunState.DONE || state == ScheduleRunState.FAILED;
        return new ScheduleRun(
                name,
                date,
                due,
                state,
                RunCause.SCHEDULED,
                ran ? due.plusSeconds(date.getDayOfMonth() % 5 == 0 ? 900 : 1) : null,
                ran ? due.plusSeconds(912) : null,
                ran ? "job-" + date : null,
                null,
                reason);
    }

    public List<ScheduleVersion> versions() {
        return IntStream.of(3, 2, 1)
                .mapToObj(
                        version ->
                                new ScheduleVersion(
                                        WORST,
                                        version,
                                        schedules().get(1).spec(),
                                        false,
                                        version == 1
                                                ? "added"
                                                : "cron: 0 %d * * * → 0 %d * * *"
                                                        .formatted(5 - version, 4 - version),
                                        version == 1 ? "configuration" : "ada",
                                        now.minusSeconds(90_000L * (4 - version)),
                                        version == 2 ? "before the shop's backup" : ""))
                .toList();
    }

    public List<ScheduleTask> tasks() {
        return List.of(
                new ScheduleTask(
                        "audit.check",
                        "Checks that no entry of the audit log was changed or removed.",
                        List.of(),
                        List.of(Role.OPERATOR)),
                new ScheduleTask(
                        "invoices.draft",
                        "Drafts the vendors' invoices of the business date.",
                        List.of(),
                        List.of(Role.FINANCE)));
    }

    public SchedulePreview preview() {
        return new SchedulePreview("every day at 02:00", next(), null, null);
    }
}
