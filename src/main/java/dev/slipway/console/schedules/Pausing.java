package dev.slipway.console.schedules;

import dev.slipway.api.schedules.PauseSchedule;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

import java.time.Instant;
import java.time.InstantSource;

/// Pausing the selected schedule, for as long as is chosen, and resuming it.
final class Pausing {
    private final ScheduleCommands commands;
    private final Choice choice;
    private final Acts acts;
    private final InstantSource clock;
    private final Wording words;
    private final ObjectProperty<PauseLength> length =
            new SimpleObjectProperty<>(this, "length", PauseLength.UNTIL_RESUMED);
    private final Gate gate;

    Pausing(
            ScheduleCommands commands,
            Choice choice,
            Acts acts,
            InstantSource clock,
            Wording words) {
        this.commands = commands;
        this.choice = choice;
        this.acts = acts;
        this.clock = clock;
        this.words = words;
        this.gate = acts.open(this::whyNot, choice.selected(), choice.reason());
    }

    private String whyNot() {
        return paused() || !choice.reason().get().isBlank()
                ? ""
                : words.say("schedules.pause.noReason");
    }

    /// Whether the selected schedule is paused now.
    boolean paused() {
        Schedule one = choice.selected().get();
        return one != null && Trouble.pausedAt(one, clock.instant());
    }

    /// Pauses, or resumes when it is paused.
    void pauseOrResume() {
        Schedule one = choice.selected().get();
        if (one == null || !gate.open()) {
            return;
        }
        String why = choice.why();
        Instant until = length.get().from(clock.instant());
        boolean paused = paused();
        acts.give(
                () ->
                        paused
                                ? commands.resume(one.name(), why)
                                : commands.pause(one.name(), new PauseSchedule(why, until)),
                _ -> acts.done(paused ? "schedules.resumed" : "schedules.paused", one.name()));
    }

    ObjectProperty<PauseLength> length() {
        return length;
    }

    Gate gate() {
        return gate;
    }
}
