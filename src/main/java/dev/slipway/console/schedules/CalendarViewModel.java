package dev.slipway.console.schedules;

import dev.slipway.api.schedules.PlannedRun;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.console.command.Wording;
import dev.slipway.console.schedules.CalendarDay.Mark;
import dev.slipway.console.table.Figures;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;

import org.jspecify.annotations.Nullable;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The runs of one schedule in a month, by business date.
public final class CalendarViewModel {
    private static final int DAYS = 42;
    private static final DateTimeFormatter TITLE =
            DateTimeFormatter.ofPattern("MMMM uuuu", Locale.UK);

    private final InstantSource clock;
    private final Wording words;
    private final ReadOnlyObjectWrapper<List<CalendarDay>> days =
            new ReadOnlyObjectWrapper<>(this, "days", List.of());
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(this, "title", "");
    private final ReadOnlyStringWrapper about = new ReadOnlyStringWrapper(this, "about", "");
    private final ObjectProperty<@Nullable LocalDate> chosen =
            new SimpleObjectProperty<>(this, "chosen", null);
    private @Nullable Schedule schedule;
    private List<ScheduleRun> runs = List.of();
    private YearMonth month;

    public CalendarViewModel(InstantSource clock, Wording words) {
        this.clock = clock;
        this.words = words;
        this.month = YearMonth.from(clock.instant().atZone(java.time.ZoneOffset.UTC));
        chosen.addListener((_, _, date) -> follow(date));
        lay();
    }

    /// @param fresh what is shown, or null for none
    /// @param of its runs that are kept
    public void show(@Nullable Schedule fresh, List<ScheduleRun> of) {
        schedule = fresh;
        runs = List.copyOf(of);
        lay();
    }

    /// Goes so many months on, or back.
    public void turn(int months) {
        LocalDate date = chosen.get();
        month = month.plusMonths(months);
        if (date != null) {
            chosen.set(date.plusMonths(months));
        }
        lay();
    }

    /// Goes so many days on from the chosen one, or back.
    public void move(int by) {
        LocalDate date = chosen.get();
        chosen.set(date == null ? month.atDay(1) : date.plusDays(by));
    }

    private void follow(@Nullable LocalDate date) {
        if (date != null) {
            month = YearMonth.from(date);
        }
        lay();
    }

    private void lay() {
        title.set(TITLE.format(month.atDay(1)));
        LocalDate first =
                month.atDay(1)
                        .with(
                                java.time.temporal.TemporalAdjusters.previousOrSame(
                                        DayOfWeek.MONDAY));
        Map<LocalDate, ScheduleRun> ran =
                runs.stream()
                        .collect(Collectors.toMap(ScheduleRun::businessDate, Function.identity()));
        days.set(
                IntStream.range(0, DAYS)
                        .mapToObj(first::plusDays)
                        .map(date -> day(date, ran.get(date)))
                        .toList());
        about.set(
                days.get().stream()
                        .filter(day -> day.date().equals(chosen.get()))
                        .map(CalendarDay::words)
                        .findFirst()
                        .orElse(""));
    }

    private CalendarDay day(LocalDate date, @Nullable ScheduleRun run) {
        boolean inMonth = YearMonth.from(date).equals(month);
        if (run != null) {
            return new CalendarDay(date, inMonth, Mark.valueOf(run.state().name()), describe(run));
        }
        PlannedRun planned = planned(date);
        return planned == null
                ? new CalendarDay(date, inMonth, Mark.NONE, words.say("calendar.none", "" + date))
                : new CalendarDay(
                        date,
                        inMonth,
                        Mark.PLANNED,
                        words.say("calendar.planned", "" + date, at(planned.at()))
                                + (planned.note() == null ? "" : " " + planned.note() + "."));
    }

    private @Nullable PlannedRun planned(LocalDate date) {
        Schedule one = schedule;
        return one == null
                ? null
                : one.next().stream()
                        .filter(run -> run.businessDate().equals(date))
                        .findFirst()
                        .orElse(null);
    }

    private String describe(ScheduleRun run) {
        var said =
                new StringBuilder(run.businessDate() + ": " + words.of("scheduleRun", run.state()));
        if (run.dueAt() != null) {
            said.append(words.say("calendar.due", at(run.dueAt())));
        }
        if (run.startedAt() != null) {
            said.append(words.say("calendar.started", at(run.startedAt()), late(run)));
        }
        if (run.by() != null) {
            said.append(words.say("calendar.by.whom", run.by()));
        }
        if (!run.reason().isBlank()) {
            said.append(". ").append(run.reason());
        }
        return said.toString();
    }

    /// By how much it started after its time; a minute is none.
    private String late(ScheduleRun run) {
        if (run.dueAt() == null || run.startedAt() == null) {
            return "";
        }
        Duration late = Duration.between(run.dueAt(), run.startedAt());
        return late.toSeconds() < 60 ? "" : words.say("calendar.late", Figures.duration(late));
    }

    private String at(java.time.Instant at) {
        return Moments.at(at, schedule == null ? "UTC" : schedule.spec().zone());
    }

    /// Today where the schedule is.
    LocalDate today() {
        return LocalDate.ofInstant(
                clock.instant(), Moments.zone(schedule == null ? "UTC" : schedule.spec().zone()));
    }

    /// Six weeks from a Monday on.
    public ReadOnlyObjectProperty<List<CalendarDay>> days() {
        return days.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty title() {
        return title.getReadOnlyProperty();
    }

    /// What became of the chosen day.
    public ReadOnlyStringProperty about() {
        return about.getReadOnlyProperty();
    }

    public ObjectProperty<@Nullable LocalDate> chosen() {
        return chosen;
    }
}
