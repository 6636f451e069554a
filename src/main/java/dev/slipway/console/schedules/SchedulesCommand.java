package dev.slipway.console.schedules;

import static java.util.Objects.requireNonNullElse;

import dev.slipway.api.schedules.AddSchedule;
import dev.slipway.api.schedules.CatchUp;
import dev.slipway.api.schedules.ChangeSchedule;
import dev.slipway.api.schedules.OfDate;
import dev.slipway.api.schedules.Overlap;
import dev.slipway.api.schedules.PauseSchedule;
import dev.slipway.api.schedules.PlannedRun;
import dev.slipway.api.schedules.RestoreSchedule;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.schedules.ScheduleRunState;
import dev.slipway.api.schedules.ScheduleSpec;
import dev.slipway.client.calls.ScheduleCalls;
import dev.slipway.client.http.ProblemException;
import dev.slipway.console.terminal.Backend;
import dev.slipway.console.terminal.Place;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/// `slipway schedules`: what the screen of schedules does, over the backend's API.
@Command(
        name = "schedules",
        description = "Lists, changes, pauses and runs the schedules of a backend.",
        mixinStandardHelpOptions = true,
        subcommands = HelpCommand.class)
public final class SchedulesCommand implements Callable<Integer> {
    @Mixin private final Backend backend = new Backend();

    /// What is asked of the backend.
    private interface Wish {
        void of(ScheduleCalls schedules) throws ProblemException;
    }

    /// What a schedule is to be; what is left out stays as it was.
    static final class Wanted {
        @Option(names = "--cron", description = "Five fields: minute hour day month weekday.")
        private @Nullable String cron;

        @Option(names = "--zone", description = "An IANA time zone, for example Europe/Berlin.")
        private @Nullable String zone;

        @Option(names = "--task", description = "What is run, for example invoices.draft.")
        private @Nullable String task;

        @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A task's parameter.")
        private Map<String, String> parameters = new TreeMap<>();

        @Option(names = "--days-back", description = "From the due date to the business date.")
        private @Nullable Integer daysBack;

        @Option(names = "--catch-up", description = "${COMPLETION-CANDIDATES}")
        private @Nullable CatchUp catchUp;

        @Option(names = "--grace", description = "Minutes after which a run counts as missed.")
        private @Nullable Integer grace;

        @Option(names = "--overlap", description = "${COMPLETION-CANDIDATES}")
        private @Nullable Overlap overlap;

        @Option(names = "--enabled", arity = "1", description = "true or false.")
        private @Nullable Boolean enabled;

        ScheduleSpec over(ScheduleSpec before) {
            Map<String, String> all = new TreeMap<>(before.parameters());
            all.putAll(parameters);
            return new ScheduleSpec(
                    requireNonNullElse(cron, before.cron()),
                    requireNonNullElse(zone, before.zone()),
                    requireNonNullElse(task, before.task()),
                    all,
                    requireNonNullElse(daysBack, before.daysBack()),
                    requireNonNullElse(catchUp, before.catchUp()),
                    requireNonNullElse(grace, before.graceMinutes()),
                    requireNonNullElse(overlap, before.overlap()),
                    requireNonNullElse(enabled, before.enabled()));
        }
    }

    private static final ScheduleSpec STANDARD =
            new ScheduleSpec("", "", "", Map.of(), 1, CatchUp.LATEST, 60, Overlap.WAIT, true);

    /// Without a subcommand: lists.
    @Override
    public Integer call() {
        return list();
    }

    @Command(name = "list", description = "Every schedule with its next run.")
    int list() {
        return ask(
                schedules -> {
                    for (Schedule one : schedules.all()) {
                        backend.print(
                                one,
                                "%-24s %-44s %s"
                                        .formatted(one.name(), nextOf(one), standing(one))
                                        .stripTrailing());
                    }
                });
    }

    @Command(name = "show", description = "One schedule: what it is, its runs and its changes.")
    int show(@Parameters(paramLabel = "NAME") String name) {
        return ask(
                schedules -> {
                    print(schedules.one(name));
                    for (ScheduleRun run : schedules.runs(name, null).items()) {
                        print(run);
                    }
                    for (var version : schedules.versions(name, null).items()) {
                        backend.print(
                                version,
                                "version %-4d %s by %s: %s"
                                        .formatted(
                                                version.version(),
                                                version.at(),
                                                version.by(),
                                                version.change()));
                    }
                });
    }

    @Command(name = "add", description = "Adds a schedule.")
    int add(
            @Parameters(paramLabel = "NAME") String name,
            @Mixin Wanted wanted,
            @Option(names = "--reason", defaultValue = "") String reason) {
        return ask(
                schedules ->
                        print(schedules.add(new AddSchedule(name, wanted.over(STANDARD), reason))));
    }

    @Command(name = "edit", description = "Changes what is given, and nothing else.")
    int edit(
            @Parameters(paramLabel = "NAME") String name,
            @Mixin Wanted wanted,
            @Mixin Place place,
            @Option(names = "--reason", defaultValue = "") String reason) {
        return ask(
                place,
                schedules -> {
                    Schedule before = schedules.one(name);
                    print(
                            schedules.change(
                                    name,
                                    new ChangeSchedule(
                                            wanted.over(before.spec()), before.version(), reason)));
                });
    }

    @Command(name = "remove", description = "Removes a schedule; its runs and history are kept.")
    int remove(
            @Parameters(paramLabel = "NAME") String name,
            @Mixin Place place,
            @Option(names = "--reason", defaultValue = "") String reason) {
        return ask(
                place,
                schedules -> {
                    backend.print(schedules.remove(name, reason), name + " is removed");
                });
    }

    @Command(name = "restore", description = "Makes it what an earlier version was: undo.")
    int restore(
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "VERSION") long version,
            @Mixin Place place,
            @Option(names = "--reason", defaultValue = "") String reason) {
        return ask(
                place,
                schedules -> {
                    long stands = schedules.versions(name, null).items().getFirst().version();
                    print(schedules.restore(name, new RestoreSchedule(version, stands, reason)));
                });
    }

    @Command(name = "pause", description = "Lets nothing of it run.")
    int pause(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--reason", required = true) String reason,
            @Option(
                            names = "--for",
                            paramLabel = "DURATION",
                            description = "Goes on by itself after, for example, PT4H.")
                    @Nullable Duration length) {
        return ask(
                schedules -> {
                    Instant until = length == null ? null : Instant.now().plus(length);
                    print(schedules.pause(name, new PauseSchedule(reason, until)));
                });
    }

    @Command(name = "resume", description = "Ends a pause.")
    int resume(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--reason", defaultValue = "") String reason) {
        return ask(schedules -> print(schedules.resume(name, reason)));
    }

    @Command(name = "run", description = "Runs a business date now; one that has run is refused.")
    int run(
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "DATE", description = "for example 2026-11-25") LocalDate date,
            @Mixin Place place,
            @Option(names = "--reason", defaultValue = "") String reason) {
        return ask(place, schedules -> print(schedules.run(name, new OfDate(date, reason))));
    }

    @Command(name = "next", description = "The next ten dates.")
    int next(@Parameters(paramLabel = "NAME") String name) {
        return ask(
                schedules -> {
                    Schedule one = schedules.one(name);
                    for (PlannedRun run : one.next()) {
                        backend.print(
                                run,
                                "%s  %s (%s)%s%s"
                                        .formatted(
                                                run.businessDate(),
                                                Moments.at(run.at(), one.spec().zone()),
                                                run.offset(),
                                                run.state() == null
                                                        ? ""
                                                        : "  already " + run.state(),
                                                run.note() == null ? "" : "  " + run.note()));
                    }
                });
    }

    private int ask(Wish wish) {
        return backend.ask(client -> wish.of(client.schedules()));
    }

    /// The same for what the console asks to confirm.
    private int ask(Place place, Wish wish) {
        return backend.ask(
                client -> {
                    place.check(client);
                    wish.of(client.schedules());
                });
    }

    private static String nextOf(Schedule one) {
        return Trouble.next(one)
                .map(
                        run ->
                                "%s %s"
                                        .formatted(
                                                Moments.at(run.at(), one.spec().zone()),
                                                one.spec().zone()))
                .orElse("-");
    }

    private static String standing(Schedule one) {
        if (one.problem() != null) {
            return one.problem();
        }
        if (one.pause() != null) {
            return "paused by " + one.pause().by() + ": " + one.pause().reason();
        }
        if (!one.spec().enabled()) {
            return "off";
        }
        ScheduleRun last = one.last();
        return last == null ? "" : last.businessDate() + " " + last.state() + why(last);
    }

    private static String why(ScheduleRun last) {
        return last.state() == ScheduleRunState.MISSED ? ": " + last.reason() : "";
    }

    private void print(Schedule one) {
        ScheduleSpec is = one.spec();
        backend.print(
                one,
                """
                %s: %s in %s (%s)
                  task %s %s, %d day(s) back
                  catch up %s after %d min, overlap %s, %s
                  next %s
                  %s"""
                        .formatted(
                                one.name(),
                                one.words(),
                                is.zone(),
                                is.cron(),
                                is.task(),
                                is.parameters(),
                                is.daysBack(),
                                is.catchUp(),
                                is.graceMinutes(),
                                is.overlap(),
                                is.enabled() ? "on" : "off",
                                nextOf(one),
                                standing(one))
                        .stripTrailing());
    }

    private void print(ScheduleRun run) {
        backend.print(
                run,
                "%s %-8s %-9s job %s %s"
                        .formatted(
                                run.businessDate(),
                                run.state(),
                                run.cause(),
                                run.jobId() == null ? "-" : run.jobId(),
                                run.reason())
                        .stripTrailing());
    }
}
