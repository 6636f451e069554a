package dev.slipway.console.schedules;

import dev.slipway.api.schedules.OfDate;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.ScheduleRunState;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;

import java.time.LocalDate;

/// Having a date to come not run, and taking that back.
final class Skipping {
    private final ScheduleCommands commands;
    private final Choice choice;
    private final Acts acts;
    private final Wording words;
    private final Gate gate;

    Skipping(ScheduleCommands commands, Choice choice, Acts acts, Wording words) {
        this.commands = commands;
        this.choice = choice;
        this.acts = acts;
        this.words = words;
        this.gate = acts.open(this::whyNot, choice.selected(), choice.date(), choice.runs());
    }

    private String whyNot() {
        LocalDate chosen = choice.date().get();
        if (choice.selected().get() == null || chosen == null) {
            return words.say("schedules.noDate");
        }
        boolean toCome =
                choice.planned()
                        .filter(
                                run ->
                                        run.state() == null
                                                || run.state() == ScheduleRunState.SKIPPED)
                        .isPresent();
        return toCome ? "" : words.say("schedules.skip.notToCome", "" + chosen);
    }

    /// Whether the chosen date is to come and skipped.
    boolean skipped() {
        return choice.planned().filter(run -> run.state() == ScheduleRunState.SKIPPED).isPresent();
    }

    /// Has the chosen date not run, or run after all.
    void skipOrNot() {
        Schedule one = choice.selected().get();
        LocalDate chosen = choice.date().get();
        if (one == null || chosen == null || !gate.open()) {
            return;
        }
        boolean skipped = skipped();
        OfDate wanted = choice.of(chosen);
        acts.give(
                () ->
                        skipped
                                ? commands.unskip(one.name(), wanted)
                                : commands.skip(one.name(), wanted),
                run ->
                        acts.done(
                                skipped ? "schedules.unskipped" : "schedules.skipped",
                                one.name(),
                                "" + run.businessDate()));
    }

    Gate gate() {
        return gate;
    }
}
