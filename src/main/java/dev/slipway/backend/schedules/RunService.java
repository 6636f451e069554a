package dev.slipway.backend.schedules;

import dev.slipway.api.schedules.OfDate;
import dev.slipway.api.schedules.RunCause;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.schedules.ScheduleRunState;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// What people do to single runs of a schedule: run a date now, skip one that is to come.
final class RunService {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd 'at' HH:mm", Locale.ROOT);

    private final Schedules our;
    private final Permits permits;

    RunService(Schedules our) {
        this.our = our;
        this.permits = new Permits(our.tasks);
    }

    /// Runs a business date now. A date that runs or has run is refused, whoever asks; so is one
    /// whose time is still to come: its day is not over, and its own run would find it done.
    ///
    /// @throws Refused 400 for a date to come, 409 if the date has run
    Effect<ScheduleRun> run(String name, OfDate asked, Actor actor) {
        return Effect.of(
                handle -> {
                    StoredSchedule schedule = our.named.locked(handle, name);
                    permits.change(actor, schedule.spec().task());
                    Dues dues = Specs.dues(schedule.spec());
                    Instant now = our.clock.instant();
                    refuseDateToCome(asked.businessDate(), dues, now);
                    Optional<ScheduleRun> before =
                            our.runs.find(handle, name, asked.businessDate());
                    before.filter(run -> !run.state().runnable()).ifPresent(RunService::refuse);
                    refuseTimeToCome(schedule, asked.businessDate(), before, dues, now);
                    ScheduleRun wanted = wanted(name, asked, dues, actor, now);
                    if (before.isEmpty()) {
                        our.runs.add(handle, wanted);
                    }
                    ScheduleRun begun =
                            our.starter.begin(handle, schedule, wanted, before.isPresent());
                    our.views.publish(handle, schedule);
                    return begun;
                });
    }

    private static void refuseDateToCome(LocalDate date, Dues dues, Instant now) {
        if (date.isAfter(LocalDate.ofInstant(now, dues.zone()))) {
            throw Refused.badRequest(
                    "/businessDate", "%s is still to come in %s.".formatted(date, dues.zone()));
        }
    }

    /// What failed or was missed keeps the time that it had, though the schedule was moved since.
    private static void refuseTimeToCome(
            StoredSchedule schedule,
            LocalDate date,
            Optional<ScheduleRun> before,
            Dues dues,
            Instant now) {
        before.flatMap(run -> Optional.ofNullable(run.dueAt()))
                .or(() -> dues.of(date).map(Due::at))
                .filter(at -> at.isAfter(now))
                .ifPresent(
                        at -> {
                            throw Refused.badRequest(
                                    "/businessDate",
                                    "%s can't be run yet: its time is still to come, %s %s. %s"
                                            .formatted(
                                                    date,
                                                    CLOCK.format(at.atZone(dues.zone())),
                                                    dues.zone(),
                                                    then(schedule, before.isPresent())));
                        });
    }

    private static String then(StoredSchedule schedule, boolean noted) {
        return schedule.spec().enabled() && !noted
                ? "It runs by itself then; skip it or move the schedule if that is wrong. Nothing was started."
                : "Nothing was started.";
    }

    private static void refuse(ScheduleRun run) {
        throw Refused.conflict(
                "%s %s (since %s, job %s). Nothing was started: a date is run once."
                        .formatted(
                                run.businessDate(),
                                run.state() == ScheduleRunState.DONE
                                        ? "has run already"
                                        : "runs at this moment",
                                run.startedAt(),
                                run.jobId()));
    }

    private static ScheduleRun wanted(
            String name, OfDate asked, Dues dues, Actor actor, Instant now) {
        return new ScheduleRun(
                name,
                asked.businessDate(),
                dues.of(asked.businessDate()).map(Due::at).orElse(null),
                ScheduleRunState.STARTED,
                RunCause.MANUAL,
                now,
                null,
                null,
                actor.user(),
                asked.reason());
    }

    /// Has a date that is to come not run.
    ///
    /// @throws Refused 409 if it is not to come, or something became of it already
    Effect<ScheduleRun> skip(String name, OfDate asked, Actor actor) {
        return Effect.of(
                handle -> {
                    StoredSchedule schedule = our.named.locked(handle, name);
                    permits.hold(actor, schedule.spec().task());
                    Due due = toCome(schedule, asked.businessDate());
                    ScheduleRun skipped =
                            Starter.run(
                                    name,
                                    due,
                                    ScheduleRunState.SKIPPED,
                                    RunCause.MANUAL,
                                    our.clock.instant(),
                                    actor.user(),
                                    asked.reason());
                    if (!our.starter.note(handle, skipped)) {
                        ScheduleRun standing =
                                our.runs.find(handle, name, asked.businessDate()).orElseThrow();
                        throw Refused.conflict(
                                "The run of %s is %s already; nothing was changed."
                                        .formatted(asked.businessDate(), standing.state()));
                    }
                    our.views.publish(handle, schedule);
                    return skipped;
                });
    }

    /// Takes back that a date to come is skipped.
    ///
    /// @throws Refused 409 if it is not to come, or not skipped
    Effect<ScheduleRun> unskip(String name, OfDate asked, Actor actor) {
        return Effect.of(
                handle -> {
                    StoredSchedule schedule = our.named.locked(handle, name);
                    permits.hold(actor, schedule.spec().task());
                    toCome(schedule, asked.businessDate());
                    ScheduleRun skipped =
                            our.runs
                                    .find(handle, name, asked.businessDate())
                                    .filter(run -> run.state() == ScheduleRunState.SKIPPED)
                                    .orElseThrow(
                                            () ->
                                                    Refused.conflict(
                                                            "The run of %s is not skipped; nothing was changed."
                                                                    .formatted(
                                                                            asked.businessDate())));
                    our.runs.remove(handle, skipped);
                    our.views.gone(handle, skipped);
                    our.views.publish(handle, schedule);
                    return skipped;
                });
    }

    private Due toCome(StoredSchedule schedule, LocalDate date) {
        return Specs.dues(schedule.spec())
                .of(date)
                .filter(due -> due.at().isAfter(our.clock.instant()))
                .orElseThrow(
                        () ->
                                Refused.conflict(
                                        "No run of %s is to come: only such a run can be skipped. Nothing was changed."
                                                .formatted(date)));
    }
}
