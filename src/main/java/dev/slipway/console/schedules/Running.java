package dev.slipway.console.schedules;

import dev.slipway.api.schedules.OfDate;
import dev.slipway.api.schedules.PlannedRun;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;

/// Running the chosen date, once its time has come.
final class Running {
    private final ScheduleCommands commands;
    private final Choice choice;
    private final Acts acts;
    private final Pausing pausing;
    private final InstantSource clock;
    private final Wording words;
    private final Gate gate;

    /// @param pausing says whether the schedule runs by itself meanwhile
    Running(
            ScheduleCommands commands,
            Choice choice,
            Acts acts,
            Pausing pausing,
            InstantSource clock,
            Wording words) {
        this.commands = commands;
        this.choice = choice;
        this.acts = acts;
        this.pausing = pausing;
        this.clock = clock;
        this.words = words;
        this.gate = acts.open(this::whyNot, choice.selected(), choice.date(), choice.runs());
    }

    /// What running the chosen date does, to be confirmed.
    Optional<Asked> beforeRun() {
        Schedule one = choice.selected().get();
        LocalDate chosen = choice.date().get();
        if (one == null || chosen == null || !gate.open()) {
            return Optional.empty();
        }
        String paused = pausing.paused() ? words.say("schedules.run.paused") + " " : "";
        var question =
                acts.question(
                        words.say("schedules.run.title", one.name(), "" + chosen),
                        paused + words.say("schedules.run.text", one.spec().task()),
                        words.say("schedules.run.verb", "" + chosen),
                        false);
        var wanted = choice.of(chosen);
        return Optional.of(new Asked(question, _ -> runNow(one.name(), wanted)));
    }

    private void runNow(String name, OfDate wanted) {
        acts.giveConfirmed(
                () -> commands.run(name, wanted),
                run ->
                        acts.done(
                                "schedules.ran",
                                name,
                                "" + run.businessDate(),
                                words.of("scheduleRun", run.state())));
    }

    private String whyNot() {
        Schedule one = choice.selected().get();
        LocalDate chosen = choice.date().get();
        if (one == null || chosen == null) {
            return words.say("schedules.noDate");
        }
        if (chosen.isAfter(LocalDate.ofInstant(clock.instant(), Moments.zone(one.spec().zone())))) {
            return words.say("schedules.run.toCome", "" + chosen, one.spec().zone());
        }
        return choice.run()
                .filter(run -> !run.state().runnable())
                .map(
                        run ->
                                words.say(
                                        "schedules.run.already",
                                        "" + chosen,
                                        words.of("scheduleRun", run.state())))
                .orElseGet(() -> timeToCome(one, chosen));
    }

    /// What failed or was missed keeps the time that it had, though the schedule was moved since.
    private String timeToCome(Schedule one, LocalDate chosen) {
        return choice.run()
                .flatMap(run -> Optional.ofNullable(run.dueAt()))
                .or(() -> choice.planned().map(PlannedRun::at))
                .filter(at -> at.isAfter(clock.instant()))
                .map(
                        at ->
                                words.say(
                                        "schedules.run.timeToCome",
                                        "" + chosen,
                                        Moments.at(at, one.spec().zone())))
                .orElse("");
    }

    Gate gate() {
        return gate;
    }
}
