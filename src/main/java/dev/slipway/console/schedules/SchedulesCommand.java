package dev.slipway.console.schedules;

import dev.slipway.api.schedules.AddSchedule;
import dev.slipway.api.schedules.ChangeSchedule;
import dev.slipway.api.schedules.OfDate;
import dev.slipway.api.schedules.PauseSchedule;
import dev.slipway.api.schedules.PlannedRun;
import dev.slipway.api.schedules.RestoreSchedule;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.ScheduleRun;
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
                        backend.print(one, ScheduleText.line(one));
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
                        backend.print(version, ScheduleText.of(version));
                    }
                });
    }

    @Command(name = "add", description = "Adds a schedule.")
    int add(
            @Parameters(paramLabel = "NAME") String name,
            @Mixin SpecOptions wanted,
            @Option(names = "--reason", defaultValue = "") String reason) {
        return ask(
                schedules -> print(schedules.add(new AddSchedule(name, wanted.fresh(), reason))));
    }

    @Command(name = "edit", description = "Changes what is given, and nothing else.")
    int edit(
            @Parameters(paramLabel = "NAME") String name,
            @Mixin SpecOptions wanted,
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
                        backend.print(run, ScheduleText.of(run, one.spec().zone()));
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

    private void print(Schedule one) {
        backend.print(one, ScheduleText.of(one));
    }

    private void print(ScheduleRun run) {
        backend.print(run, ScheduleText.of(run));
    }
}
