package dev.slipway.console.schedules;

import dev.slipway.api.schedules.PlannedRun;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.SchedulePreview;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Wording;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// What the cron expression that is typed means: asked of the backend as it is typed.
public final class Meaning {
    private final ScheduleForm form;
    private final ReadOnlyObjectProperty<@Nullable Schedule> before;
    private final ReadOnlyBooleanProperty wanted;
    private final ScheduleCommands commands;
    private final Commander asker;
    private final InstantSource clock;
    private final Wording words;
    private final ObservableList<PlannedRow> next = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper(this, "text", "");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");

    /// @param before the schedule that is changed, or null
    /// @param wanted whether it is to be asked at all
    Meaning(
            ScheduleForm form,
            ReadOnlyObjectProperty<@Nullable Schedule> before,
            ReadOnlyBooleanProperty wanted,
            ScheduleCommands commands,
            Commander asker,
            InstantSource clock,
            Wording words) {
        this.form = form;
        this.before = before;
        this.wanted = wanted;
        this.commands = commands;
        this.asker = asker;
        this.clock = clock;
        this.words = words;
    }

    /// Asks what the expression means now; one question at a time, and the last one typed counts.
    public void ask() {
        if (!wanted.get() || !asker.busy().get().isEmpty()) {
            return;
        }
        String cron = form.cron().get();
        String zone = form.zone().get();
        int back = form.back();
        asker.quietly(
                () -> commands.preview(cron, zone, back),
                answer -> {
                    show(answer);
                    if (!cron.equals(form.cron().get())
                            || !zone.equals(form.zone().get())
                            || back != form.back()) {
                        ask();
                    }
                });
    }

    private void show(SchedulePreview answer) {
        Instant now = clock.instant();
        text.set(answer.words() + dropped(answer.next()));
        problem.set(answer.problem() == null ? "" : answer.problem());
        next.setAll(
                answer.next().stream()
                        .map(run -> PlannedRow.of(run, form.zone().get(), now, words))
                        .toList());
    }

    /// Names the next date of the schedule as it stands, if what is typed would not run it.
    private String dropped(List<PlannedRun> now) {
        Schedule changed = before.get();
        return changed == null || now.isEmpty()
                ? ""
                : Trouble.next(changed)
                        .map(PlannedRun::businessDate)
                        .filter(date -> now.stream().noneMatch(r -> r.businessDate().equals(date)))
                        .map(date -> " " + words.say("schedules.edit.dropped", "" + date))
                        .orElse("");
    }

    /// The next ten dates of what is typed.
    public ObservableList<PlannedRow> next() {
        return next;
    }

    /// What is typed, in words.
    public ReadOnlyStringProperty text() {
        return text.getReadOnlyProperty();
    }

    /// What is wrong with what is typed, or empty.
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }
}
