package dev.slipway.console.schedules;

import dev.slipway.api.schedules.RestoreSchedule;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.ScheduleVersion;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

import org.jspecify.annotations.Nullable;

/// Making the selected schedule what it was in an earlier version.
final class Restoring {
    private final ScheduleCommands commands;
    private final Choice choice;
    private final Acts acts;
    private final Wording words;
    private final ObjectProperty<@Nullable ScheduleVersion> version =
            new SimpleObjectProperty<>(this, "version", null);
    private final Gate gate;

    Restoring(ScheduleCommands commands, Choice choice, Acts acts, Wording words) {
        this.commands = commands;
        this.choice = choice;
        this.acts = acts;
        this.words = words;
        this.gate = acts.open(this::whyNot, version, choice.selected());
    }

    private String whyNot() {
        ScheduleVersion wanted = version.get();
        Schedule one = choice.selected().get();
        if (wanted == null || one == null || !wanted.schedule().equals(one.name())) {
            return words.say("schedules.noVersion");
        }
        return wanted.version() == one.version() ? words.say("schedules.versionStands") : "";
    }

    void restore() {
        Schedule one = choice.selected().get();
        ScheduleVersion wanted = version.get();
        if (one != null && wanted != null && gate.open()) {
            var body = new RestoreSchedule(wanted.version(), one.version(), choice.why());
            acts.give(
                    () -> commands.restore(one.name(), body),
                    _ -> acts.done("schedules.restored", one.name(), wanted.version()));
        }
    }

    /// The earlier version that is chosen.
    ObjectProperty<@Nullable ScheduleVersion> version() {
        return version;
    }

    Gate gate() {
        return gate;
    }
}
