package dev.slipway.console.schedules;

import dev.slipway.api.access.Role;
import dev.slipway.api.schedules.OfDate;
import dev.slipway.api.schedules.PauseSchedule;
import dev.slipway.api.schedules.PlannedRun;
import dev.slipway.api.schedules.RestoreSchedule;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.schedules.ScheduleRunState;
import dev.slipway.api.schedules.ScheduleVersion;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Confirmation;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Rows;

import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The schedules, the dates of the selected one, and what can be done to them.
public final class SchedulesViewModel {
    static final Role[] SOME = {Role.OPERATOR, Role.ONCALL, Role.FINANCE};

    private final ScheduleCommands commands;
    private final Commander commander;
    private final Access access;
    private final InstantSource clock;
    private final Wording words;
    private final Consumer<String> tell;

    private final ObservableList<ScheduleRow> rows = FXCollections.observableArrayList();
    private final ObservableList<PlannedRow> planned = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<LoadState<List<Schedule>>> state =
            new ReadOnlyObjectWrapper<>(this, "state", new LoadState.Idle<>());
    private final ReadOnlyObjectWrapper<List<ScheduleRun>> runs =
            new ReadOnlyObjectWrapper<>(this, "runs", List.of());
    private final ReadOnlyObjectWrapper<@Nullable Schedule> selected =
            new ReadOnlyObjectWrapper<>(this, "selected", null);
    private final ObjectProperty<@Nullable LocalDate> date =
            new SimpleObjectProperty<>(this, "date", null);
    private final StringProperty reason = new SimpleStringProperty(this, "reason", "");
    private final ObjectProperty<PauseLength> length =
            new SimpleObjectProperty<>(this, "length", PauseLength.UNTIL_RESUMED);
    private final ObjectProperty<@Nullable ScheduleVersion> version =
            new SimpleObjectProperty<>(this, "version", null);

    private final Gate chosenGate;
    private final Gate actGate;
    private final Gate changeGate;
    private final Gate pauseGate;
    private final Gate runGate;
    private final Gate skipGate;
    private final Gate restoreGate;

    /// How long a pause lasts.
    public enum PauseLength {
        UNTIL_RESUMED(null),
        AN_HOUR(Duration.ofHours(1)),
        FOUR_HOURS(Duration.ofHours(4)),
        A_DAY(Duration.ofDays(1)),
        A_WEEK(Duration.ofDays(7));

        private final @Nullable Duration length;

        PauseLength(@Nullable Duration length) {
            this.length = length;
        }

        @Nullable Instant from(Instant now) {
            return length == null ? null : now.plus(length);
        }
    }

    /// @param tell shows what came about
    public SchedulesViewModel(
            ScheduleCommands commands,
            Commander commander,
            Access access,
            InstantSource clock,
            Wording words,
            Consumer<String> tell) {
        this.commands = commands;
        this.commander = commander;
        this.access = access;
        this.clock = clock;
        this.words = words;
        this.tell = tell;
        this.chosenGate = Gate.of(text(this::noneSelected, selected));
        this.actGate = access.to(SOME).also(commander.busy());
        Gate one = actGate.also(chosenGate.reason());
        this.changeGate = one;
        this.pauseGate = one.also(text(this::whyNotPause, selected, reason));
        this.runGate = one.also(text(this::whyNotRun, selected, date, runs));
        this.skipGate = one.also(text(this::whyNotSkip, selected, date, runs));
        this.restoreGate = one.also(text(this::whyNotRestore, version, selected));
    }

    public void show(LoadState<List<Schedule>> fresh) {
        state.set(fresh);
        refresh();
    }

    public void showRuns(LoadState<List<ScheduleRun>> fresh) {
        fresh.value().ifPresent(runs::set);
        refresh();
    }

    /// Brings what the time changes up to date; called every second.
    public void tick() {
        refresh();
    }

    private void refresh() {
        Instant now = clock.instant();
        List<Schedule> all = state.get().value().orElse(List.of());
        Rows.show(
                rows,
                all.stream()
                        .map(one -> ScheduleRow.of(one, runsOf(one.name()), now, words))
                        .sorted(ScheduleRow.WORST_FIRST)
                        .toList(),
                row -> row.schedule().name());
        Schedule before = selected.get();
        if (before != null) {
            selected.set(
                    all.stream()
                            .filter(one -> one.name().equals(before.name()))
                            .findFirst()
                            .orElse(null));
        }
        showPlanned();
    }

    private void showPlanned() {
        Schedule one = selected.get();
        Instant now = clock.instant();
        Rows.show(
                planned,
                one == null
                        ? List.<PlannedRow>of()
                        : one.next().stream()
                                .map(run -> PlannedRow.of(run, one.spec().zone(), now, words))
                                .toList(),
                row -> row.run().businessDate());
    }

    /// The runs that are kept of a schedule, by date.
    List<ScheduleRun> runsOf(String name) {
        return runs.get().stream().filter(run -> run.schedule().equals(name)).toList();
    }

    /// Selects a schedule; the date is then the latest that failed or was missed. Without one it is
    /// the next that runs by itself: that can be skipped, but not be run before its time.
    public void select(@Nullable Schedule schedule) {
        Schedule before = selected.get();
        selected.set(schedule);
        boolean other =
                before == null || schedule == null || !before.name().equals(schedule.name());
        if (other) {
            date.set(
                    Optional.ofNullable(schedule)
                            .flatMap(
                                    one ->
                                            undone(one)
                                                    .or(
                                                            () ->
                                                                    Trouble.next(one)
                                                                            .map(
                                                                                    PlannedRun
                                                                                            ::businessDate)))
                            .orElse(null));
        }
        showPlanned();
    }

    private Optional<LocalDate> undone(Schedule one) {
        Instant now = clock.instant();
        List<ScheduleRun> all = runsOf(one.name());
        return Stream.of(ScheduleRunState.FAILED, ScheduleRunState.MISSED)
                .flatMap(state -> Trouble.in(all, state, now).stream())
                .map(ScheduleRun::businessDate)
                .max(Comparator.naturalOrder());
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

    /// Pauses, or resumes when it is paused.
    public void pauseOrResume() {
        Schedule one = selected.get();
        if (one == null || !pauseGate.open()) {
            return;
        }
        String why = reason.get().strip();
        Instant until = length.get().from(clock.instant());
        boolean paused = paused();
        commander.give(
                () ->
                        paused
                                ? commands.resume(one.name(), why)
                                : commands.pause(one.name(), new PauseSchedule(why, until)),
                _ -> done(paused ? "schedules.resumed" : "schedules.paused", one.name()));
    }

    /// A question, and what it asks for: that is done however the choice changes meanwhile.
    ///
    /// @param act given the reason, which is empty if none was asked for
    public record Asked(Confirmation question, Consumer<String> act) {}

    /// What running the chosen date does, to be confirmed.
    public Optional<Asked> beforeRun() {
        Schedule one = selected.get();
        LocalDate chosen = date.get();
        if (one == null || chosen == null || !runGate.open()) {
            return Optional.empty();
        }
        String paused = paused() ? words.say("schedules.run.paused") + " " : "";
        var question =
                new Confirmation(
                        words.say("schedules.run.title", one.name(), "" + chosen),
                        paused + words.say("schedules.run.text", one.spec().task()),
                        words.say("schedules.run.verb", "" + chosen),
                        access.place(),
                        false);
        var wanted = new OfDate(chosen, reason.get().strip());
        return Optional.of(new Asked(question, _ -> runNow(one.name(), wanted)));
    }

    private void runNow(String name, OfDate wanted) {
        if (actGate.open()) {
            commander.give(
                    () -> commands.run(name, wanted),
                    run ->
                            done(
                                    "schedules.ran",
                                    name,
                                    "" + run.businessDate(),
                                    words.of("scheduleRun", run.state())));
        }
    }

    /// Has the chosen date not run, or run after all.
    public void skipOrNot() {
        boolean skipped = skipped();
        withDate(
                skipGate,
                (one, wanted) ->
                        commander.give(
                                () ->
                                        skipped
                                                ? commands.unskip(one.name(), wanted)
                                                : commands.skip(one.name(), wanted),
                                run ->
                                        done(
                                                skipped
                                                        ? "schedules.unskipped"
                                                        : "schedules.skipped",
                                                one.name(),
                                                "" + run.businessDate())));
    }

    /// Names what removing takes, to be confirmed.
    public Optional<Asked> beforeRemove() {
        Schedule one = selected.get();
        if (one == null || !changeGate.open()) {
            return Optional.empty();
        }
        var question =
                new Confirmation(
                        words.say("schedules.remove.title", one.name()),
                        words.say("schedules.remove.text"),
                        words.say("schedules.remove.verb"),
                        access.place(),
                        true);
        return Optional.of(new Asked(question, why -> remove(one.name(), why)));
    }

    private void remove(String name, String why) {
        if (actGate.open()) {
            commander.give(() -> commands.remove(name, why), _ -> done("schedules.removed", name));
        }
    }

    /// Makes the schedule what the chosen version was.
    public void restore() {
        Schedule one = selected.get();
        ScheduleVersion wanted = version.get();
        if (one != null && wanted != null && restoreGate.open()) {
            var body = new RestoreSchedule(wanted.version(), one.version(), reason.get().strip());
            commander.give(
                    () -> commands.restore(one.name(), body),
                    _ -> done("schedules.restored", one.name(), wanted.version()));
        }
    }

    private interface WithDate {
        void act(Schedule schedule, OfDate date);
    }

    private void withDate(Gate gate, WithDate act) {
        Schedule one = selected.get();
        LocalDate chosen = date.get();
        if (one != null && chosen != null && gate.open()) {
            act.act(one, new OfDate(chosen, reason.get().strip()));
        }
    }

    private void done(String key, Object... figures) {
        reason.set("");
        tell.accept(words.say(key, figures));
    }

    private String noneSelected() {
        return selected.get() == null ? words.say("schedules.noneSelected") : "";
    }

    private String whyNotPause() {
        return paused() || !reason.get().isBlank() ? "" : words.say("schedules.pause.noReason");
    }

    private String whyNotRun() {
        Schedule one = selected.get();
        LocalDate chosen = date.get();
        if (one == null || chosen == null) {
            return words.say("schedules.noDate");
        }
        if (chosen.isAfter(LocalDate.ofInstant(clock.instant(), Moments.zone(one.spec().zone())))) {
            return words.say("schedules.run.toCome", "" + chosen, one.spec().zone());
        }
        return run().filter(run -> !run.state().runnable())
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
        return run().flatMap(run -> Optional.ofNullable(run.dueAt()))
                .or(() -> plannedRun().map(PlannedRun::at))
                .filter(at -> at.isAfter(clock.instant()))
                .map(
                        at ->
                                words.say(
                                        "schedules.run.timeToCome",
                                        "" + chosen,
                                        Moments.at(at, one.spec().zone())))
                .orElse("");
    }

    private String whyNotSkip() {
        Schedule one = selected.get();
        LocalDate chosen = date.get();
        if (one == null || chosen == null) {
            return words.say("schedules.noDate");
        }
        return plannedRun()
                        .filter(
                                run ->
                                        run.state() == null
                                                || run.state() == ScheduleRunState.SKIPPED)
                        .isPresent()
                ? ""
                : words.say("schedules.skip.notToCome", "" + chosen);
    }

    private String whyNotRestore() {
        ScheduleVersion wanted = version.get();
        Schedule one = selected.get();
        if (wanted == null || one == null || !wanted.schedule().equals(one.name())) {
            return words.say("schedules.noVersion");
        }
        return wanted.version() == one.version() ? words.say("schedules.versionStands") : "";
    }

    private Optional<PlannedRun> plannedRun() {
        Schedule one = selected.get();
        return one == null
                ? Optional.empty()
                : one.next().stream()
                        .filter(run -> run.businessDate().equals(date.get()))
                        .findFirst();
    }

    /// Whether the selected schedule is paused now.
    boolean paused() {
        Schedule one = selected.get();
        return one != null && Trouble.pausedAt(one, clock.instant());
    }

    /// Whether the chosen date is to come and skipped.
    boolean skipped() {
        return plannedRun().filter(run -> run.state() == ScheduleRunState.SKIPPED).isPresent();
    }

    private static ObservableValue<String> text(Supplier<String> said, Observable... of) {
        return Bindings.createStringBinding(said::get, of);
    }

    public ObservableList<ScheduleRow> rows() {
        return rows;
    }

    /// The next ten dates of the selected schedule.
    public ObservableList<PlannedRow> planned() {
        return planned;
    }

    public ReadOnlyObjectProperty<LoadState<List<Schedule>>> state() {
        return state.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<List<ScheduleRun>> runs() {
        return runs.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable Schedule> selected() {
        return selected.getReadOnlyProperty();
    }

    /// The business date that is to be run or skipped.
    public ObjectProperty<@Nullable LocalDate> date() {
        return date;
    }

    public StringProperty reason() {
        return reason;
    }

    public ObjectProperty<PauseLength> length() {
        return length;
    }

    /// The earlier version that is chosen.
    public ObjectProperty<@Nullable ScheduleVersion> version() {
        return version;
    }

    /// Whether one is selected: an edit is begun without a backend too, and kept until there is
    /// one.
    public Gate chosenGate() {
        return chosenGate;
    }

    public Gate changeGate() {
        return changeGate;
    }

    public Gate pauseGate() {
        return pauseGate;
    }

    public Gate runGate() {
        return runGate;
    }

    public Gate skipGate() {
        return skipGate;
    }

    public Gate restoreGate() {
        return restoreGate;
    }
}
