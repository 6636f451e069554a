package dev.slipway.console.migration;

import dev.slipway.api.Page;
import dev.slipway.api.access.Role;
import dev.slipway.api.migration.ActOnQuarantine;
import dev.slipway.api.migration.CorrectQuarantine;
import dev.slipway.api.migration.QuarantineActed;
import dev.slipway.api.migration.QuarantineChoice;
import dev.slipway.api.migration.QuarantineState;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.QuarantinedRow;
import dev.slipway.api.migration.ReplayQuarantine;
import dev.slipway.api.migration.Replayed;
import dev.slipway.api.migration.RunState;
import dev.slipway.client.QuarantineQuery;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Confirmation;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What is done about the rows in quarantine: their values corrected, left behind, taken up again,
/// replayed. Before rows are touched a person sees how many they are, and some of them.
public final class WorkbenchViewModel {
    private static final int SAMPLES = 5;
    private final QuarantineCommands commands;
    private final QuarantineViewModel rows;
    private final Commander commander;
    private final Access access;
    private final Consumer<String> tell;
    private final Wording words;
    private final ObservableList<Quarantined> chosen = FXCollections.observableArrayList();
    private final ObservableList<String> columns = FXCollections.observableArrayList();
    private final StringProperty column = new SimpleStringProperty(this, "column", "");
    private final StringProperty value = new SimpleStringProperty(this, "value", "");
    private final BooleanProperty sameValue = new SimpleBooleanProperty(this, "sameValue");
    private final BooleanProperty everyRow = new SimpleBooleanProperty(this, "everyRow");
    private final BooleanProperty changedPlan = new SimpleBooleanProperty(this, "changedPlan");
    private final ReadOnlyStringWrapper outcome = new ReadOnlyStringWrapper(this, "outcome", "");
    private final Gate correctGate;
    private final Gate acceptGate;
    private final Gate reopenGate;
    private final Gate replayGate;
    private List<Replayed> replays = List.of();
    private int awaited;

    /// What is done with rows that were chosen.
    public enum Act {
        ACCEPT,
        REOPEN,
        REPLAY
    }

    /// An act with the rows that it would touch.
    ///
    /// @param which the rows
    public record Asked(Act act, QuarantineChoice which, Confirmation confirmation) {}

    public WorkbenchViewModel(
            QuarantineCommands commands,
            QuarantineViewModel rows,
            Commander commander,
            Access access,
            Consumer<String> tell,
            Wording words) {
        this.commands = commands;
        this.rows = rows;
        this.commander = commander;
        this.access = access;
        this.tell = tell;
        this.words = words;
        Gate may = access.to(Role.OPERATOR, Role.ONCALL).also(commander.busy());
        this.correctGate = may.also(whyNotCorrect());
        this.acceptGate = may.also(whyNot(QuarantineState.OPEN, "workbench.noneOpen"));
        this.reopenGate = may.also(whyNot(QuarantineState.ACCEPTED, "workbench.noneAccepted"));
        this.replayGate = may.also(whyNot(QuarantineState.OPEN, "workbench.noneOpen"));
    }

    private ObservableValue<String> whyNot(QuarantineState state, String none) {
        return Bindings.createStringBinding(
                () ->
                        everyRow.get() || chosen.stream().anyMatch(row -> row.state() == state)
                                ? ""
                                : words.say(none),
                chosen,
                everyRow);
    }

    private ObservableValue<String> whyNotCorrect() {
        return Bindings.createStringBinding(
                () -> {
                    if (open().size() != 1) {
                        return words.say("workbench.oneOpen");
                    }
                    return Objects.requireNonNullElse(column.get(), "").isEmpty()
                            ? words.say("workbench.noColumn")
                            : "";
                },
                chosen,
                column);
    }

    private List<Quarantined> open() {
        return chosen.stream().filter(row -> row.state() == QuarantineState.OPEN).toList();
    }

    /// The rows that a person chose.
    public void choose(List<Quarantined> now) {
        chosen.setAll(now);
        Quarantined first = now.isEmpty() ? null : now.getFirst();
        List<String> names =
                first == null ? List.of() : first.row().keySet().stream().sorted().toList();
        if (!names.equals(columns)) {
            columns.setAll(names);
        }
        column.set(first == null ? "" : blamed(first));
    }

    /// The source column that is to blame, as far as its value tells.
    private static String blamed(Quarantined row) {
        return row.row().entrySet().stream()
                .filter(cell -> Objects.equals(cell.getValue(), row.value()))
                .map(java.util.Map.Entry::getKey)
                .min(java.util.Comparator.comparing(name -> !name.equals(row.column())))
                .orElse("");
    }

    /// Gives the chosen row another raw value, or every open row of its step that holds the same.
    public void correct() {
        if (!correctGate.open()) {
            return;
        }
        Quarantined row = open().getFirst();
        String of = column.get();
        String now = row.corrected().containsKey(of) ? row.corrected().get(of) : row.row().get(of);
        var correction =
                new CorrectQuarantine(
                        row.step(), sameValue.get() ? null : row.key(), of, now, value.get());
        commander.give(
                () -> commands.correct(row.runId(), correction), acted("workbench.corrected"));
    }

    private Consumer<QuarantineActed> acted(String done) {
        return result -> {
            tell.accept(words.say(done, Figures.count(result.rows())));
            rows.reload();
        };
    }

    /// Finds out what an act would touch, so that a person can confirm it.
    ///
    /// @param ask is given it, unless it can't be done now
    public void prepare(Act act, Consumer<Asked> ask) {
        if (!gate(act).open()) {
            return;
        }
        QuarantineState state = act == Act.REOPEN ? QuarantineState.ACCEPTED : QuarantineState.OPEN;
        if (everyRow.get()) {
            QuarantineQuery shown = rows.query().get();
            var meant =
                    new QuarantineQuery(
                            shown.runId(),
                            shown.step(),
                            shown.column(),
                            shown.rule(),
                            state,
                            shown.text());
            commander.give(() -> commands.preview(meant), page -> preview(act, meant, page, ask));
        } else {
            List<Quarantined> meant = chosen.stream().filter(row -> row.state() == state).toList();
            List<QuarantinedRow> names =
                    meant.stream().map(row -> new QuarantinedRow(row.step(), row.key())).toList();
            var which = new QuarantineChoice("", null, "", "", names);
            ask.accept(asked(act, which, meant.size(), meant));
        }
    }

    private void preview(
            Act act, QuarantineQuery meant, Page<Quarantined> page, Consumer<Asked> ask) {
        var which =
                new QuarantineChoice(
                        Objects.requireNonNullElse(meant.step(), ""),
                        meant.column(),
                        Objects.requireNonNullElse(meant.rule(), ""),
                        meant.text(),
                        List.of());
        long all = Optional.ofNullable(page.total()).orElse((long) page.items().size());
        ask.accept(asked(act, which, all, page.items()));
    }

    private Asked asked(Act act, QuarantineChoice which, long count, List<Quarantined> some) {
        String samples =
                some.stream()
                        .limit(SAMPLES)
                        .map(
                                row ->
                                        words.say(
                                                "workbench.sample",
                                                row.step(),
                                                row.key(),
                                                QuarantineViewModel.quoted(row.value()),
                                                row.reason()))
                        .collect(Collectors.joining("\n"));
        String key = "workbench." + act.name().toLowerCase(java.util.Locale.ROOT);
        String plan = act == Act.REPLAY && changedPlan.get() ? words.say("workbench.withPlan") : "";
        return new Asked(
                act,
                which,
                new Confirmation(
                        words.say(key + ".title", Figures.count(count)),
                        words.say(key + ".text", samples, plan).strip(),
                        words.say(key + ".verb", Figures.count(count)),
                        access.place(),
                        act == Act.ACCEPT));
    }

    /// Does what was confirmed.
    public void confirmed(Asked asked, String reason) {
        if (!gate(asked.act()).open()) {
            return;
        }
        String run = rows.query().get().runId();
        var act = new ActOnQuarantine(asked.which(), reason);
        switch (asked.act()) {
            case ACCEPT ->
                    commander.give(() -> commands.accept(run, act), acted("workbench.accepted"));
            case REOPEN ->
                    commander.give(() -> commands.reopen(run, act), acted("workbench.reopened"));
            case REPLAY -> {
                var replay = new ReplayQuarantine(asked.which(), changedPlan.get());
                commander.give(
                        () -> commands.replay(run, replay),
                        _ -> {
                            awaited = latest() + 1;
                            outcome.set(words.say("workbench.waits"));
                            rows.reload();
                        });
            }
        }
    }

    private Gate gate(Act act) {
        return switch (act) {
            case ACCEPT -> acceptGate;
            case REOPEN -> reopenGate;
            case REPLAY -> replayGate;
        };
    }

    /// What the list shows, and so what is exported.
    public QuarantineQuery shown() {
        return rows.query().get();
    }

    public void showReplays(LoadState<Listing<Replayed>> fresh) {
        replays = fresh.value().map(Listing::items).orElse(List.of());
        if (latest() >= awaited) {
            awaited = 0;
            outcome.set(replays.isEmpty() ? "" : describe(replays.getFirst()));
        }
    }

    /// Notes how the run stands: once it no longer runs no replay is to be waited for.
    public void runIs(@Nullable RunState state) {
        if (state != RunState.RUNNING && awaited > 0) {
            awaited = 0;
            outcome.set(replays.isEmpty() ? "" : describe(replays.getFirst()));
        }
    }

    /// Whether a replay is under way, or was asked for.
    public boolean replaying() {
        return awaited > 0 || (!replays.isEmpty() && replays.getFirst().endedAt() == null);
    }

    private int latest() {
        return replays.isEmpty() ? 0 : replays.getFirst().number();
    }

    private String describe(Replayed replayed) {
        String reasons =
                replayed.refusals().stream()
                        .limit(SAMPLES)
                        .map(
                                r ->
                                        words.say(
                                                "workbench.refusal",
                                                Figures.count(r.rows()),
                                                r.step(),
                                                r.column(),
                                                r.reason()))
                        .collect(Collectors.joining("; "));
        String key = replayed.endedAt() == null ? "workbench.underWay" : "workbench.outcome";
        return words.say(
                        key,
                        Figures.count(replayed.tried()),
                        Figures.count(replayed.written()),
                        Figures.count(replayed.merged()),
                        Figures.count(replayed.skipped()),
                        Figures.count(replayed.refused()),
                        Figures.count(replayed.wanted()),
                        replayed.startedBy(),
                        reasons.isEmpty() ? "" : words.say("workbench.refusals", reasons))
                .strip();
    }

    /// The source columns of the chosen row.
    public ObservableList<String> columns() {
        return columns;
    }

    /// The source column whose value is corrected.
    public StringProperty column() {
        return column;
    }

    /// The raw value that is to count instead.
    public StringProperty value() {
        return value;
    }

    /// Whether every open row of the step that holds the same is corrected.
    public BooleanProperty sameValue() {
        return sameValue;
    }

    /// Whether every row that the list would show is meant, not only the chosen ones.
    public BooleanProperty everyRow() {
        return everyRow;
    }

    /// Whether a replay takes the plan as it is now.
    public BooleanProperty changedPlan() {
        return changedPlan;
    }

    /// What the latest replay came to.
    public ReadOnlyStringProperty outcome() {
        return outcome.getReadOnlyProperty();
    }

    public Gate correctGate() {
        return correctGate;
    }

    public Gate acceptGate() {
        return acceptGate;
    }

    public Gate reopenGate() {
        return reopenGate;
    }

    public Gate replayGate() {
        return replayGate;
    }
}
