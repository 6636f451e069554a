package dev.slipway.console.schedules;

import dev.slipway.api.schedules.OfDate;
import dev.slipway.api.schedules.PlannedRun;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.schedules.ScheduleRunState;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What an act is about: the selected schedule, one of its dates, and the reason given.
final class Choice {
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<List<ScheduleRun>> runs =
            new ReadOnlyObjectWrapper<>(this, "runs", List.of());
    private final ReadOnlyObjectWrapper<@Nullable Schedule> selected =
            new ReadOnlyObjectWrapper<>(this, "selected", null);
    private final ObjectProperty<@Nullable LocalDate> date =
            new SimpleObjectProperty<>(this, "date", null);
    private final StringProperty reason = new SimpleStringProperty(this, "reason", "");

    Choice(InstantSource clock) {
        this.clock = clock;
    }

    void showRuns(List<ScheduleRun> fresh) {
        runs.set(fresh);
    }

    /// Takes the selected schedule as it stands now; none, if it is gone.
    void renew(List<Schedule> all) {
        Schedule before = selected.get();
        if (before != null) {
            selected.set(
                    all.stream()
                            .filter(one -> one.name().equals(before.name()))
                            .findFirst()
                            .orElse(null));
        }
    }

    /// Selects a schedule; the date is then the latest that failed or was missed. Without one it is
    /// the next that runs by itself: that can be skipped, but not be run before its time.
    void select(@Nullable Schedule schedule) {
        Schedule before = selected.get();
        selected.set(schedule);
        boolean other =
                before == null || schedule == null || !before.name().equals(schedule.name());
        if (other) {
            date.set(Optional.ofNullable(schedule).flatMap(this::dateOf).orElse(null));
        }
    }

    private Optional<LocalDate> dateOf(Schedule one) {
        return undone(one).or(() -> Trouble.next(one).map(PlannedRun::businessDate));
    }

    private Optional<LocalDate> undone(Schedule one) {
        Instant now = clock.instant();
        List<ScheduleRun> all = runsOf(one.name());
        return Stream.of(ScheduleRunState.FAILED, ScheduleRunState.MISSED)
                .flatMap(state -> Trouble.in(all, state, now).stream())
                .map(ScheduleRun::businessDate)
                .max(Comparator.naturalOrder());
    }

    /// The runs that are kept of a schedule, by date.
    List<ScheduleRun> runsOf(String name) {
        return runs.get().stream().filter(run -> run.schedule().equals(name)).toList();
    }

    /// The run of the chosen date, if there is one.
    Optional<ScheduleRun> run() {
        Schedule one = selected.get();
        return one == null
                ? Optional.empty()
                : runsOf(one.name()).stream()
                        .filter(run -> run.businessDate().equals(date.get()))
                        .findFirst();
    }

    /// The chosen date, if it is one of the next.
    Optional<PlannedRun> planned() {
        Schedule one = selected.get();
        return one == null
                ? Optional.empty()
                : one.next().stream()
                        .filter(run -> run.businessDate().equals(date.get()))
                        .findFirst();
    }

    /// The chosen date as it is asked for, with the reason.
    OfDate of(LocalDate chosen) {
        return new OfDate(chosen, why());
    }

    String why() {
        return reason.get().strip();
    }

    ReadOnlyObjectProperty<List<ScheduleRun>> runs() {
        return runs.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable Schedule> selected() {
        return selected.getReadOnlyProperty();
    }

    /// The business date that is to be run or skipped.
    ObjectProperty<@Nullable LocalDate> date() {
        return date;
    }

    StringProperty reason() {
        return reason;
    }
}
