package dev.slipway.console.invoicing;

import dev.slipway.api.access.Role;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.InvoiceRunState;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Confirmation;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.Rows;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The invoice runs and the one that is looked at: draft, release, discard.
public final class InvoiceRunsViewModel {
    private static final Set<InvoiceRunState> UNDER_WAY =
            EnumSet.of(InvoiceRunState.RELEASING, InvoiceRunState.RELEASE_FAILED);

    private final InvoiceCommands commands;
    private final Commander commander;
    private final Access access;
    private final InstantSource clock;
    private final Wording words;
    private final ObservableList<RunRow> runs = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<LoadState<List<InvoiceRun>>> state =
            new ReadOnlyObjectWrapper<>(this, "state", new LoadState.Idle<>());
    private final ReadOnlyObjectWrapper<@Nullable InvoiceRun> selected =
            new ReadOnlyObjectWrapper<>(this, "selected", null);
    private final ReadOnlyStringWrapper runId = new ReadOnlyStringWrapper(this, "runId", "");
    private final ReadOnlyStringWrapper counts = new ReadOnlyStringWrapper(this, "counts", "");
    private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper(this, "failure", "");
    private final ReadOnlyStringWrapper remarks = new ReadOnlyStringWrapper(this, "remarks", "");
    private final ObjectProperty<@Nullable LocalDate> date;
    private final Gate draftGate;
    private final Gate releaseGate;
    private final Gate retryGate;
    private final Gate discardGate;

    public InvoiceRunsViewModel(
            InvoiceCommands commands,
            Commander commander,
            Access access,
            InstantSource clock,
            Wording words) {
        this.commands = commands;
        this.commander = commander;
        this.access = access;
        this.clock = clock;
        this.words = words;
        this.date = new SimpleObjectProperty<>(this, "date", yesterday());
        Gate finance = access.to(Role.FINANCE).also(commander.busy());
        this.draftGate = finance.also(Bindings.createStringBinding(this::whyNotDraft, date, runs));
        this.releaseGate =
                gate(finance, EnumSet.of(InvoiceRunState.DRAFTED), "invoices.notDrafted");
        this.retryGate = gate(finance, UNDER_WAY, "invoices.notRetryable");
        this.discardGate =
                gate(
                        finance,
                        EnumSet.of(InvoiceRunState.DRAFTED, InvoiceRunState.FAILED),
                        "invoices.notDiscardable");
    }

    public void show(LoadState<List<InvoiceRun>> fresh) {
        state.set(fresh);
        List<InvoiceRun> all = fresh.value().orElse(List.of());
        Rows.show(
                runs,
                all.stream().map(run -> RunRow.of(run, words)).toList(),
                row -> row.run().id());
        Optional<InvoiceRun> same =
                all.stream().filter(run -> run.id().equals(runId.get())).findFirst();
        select(same.or(() -> all.stream().findFirst()).orElse(null));
    }

    public void select(@Nullable InvoiceRun run) {
        selected.set(run);
        runId.set(run == null ? "" : run.id());
        counts.set(run == null ? "" : describe(run));
        failure.set(run == null ? "" : whatFailed(run));
        remarks.set(run == null ? "" : String.join("\n", run.remarks()));
    }

    public void draft() {
        LocalDate day = date.get();
        if (day != null && draftGate.open()) {
            commander.give(() -> commands.draft(day), this::drafted);
        }
    }

    /// Names what a release would do, for a person to confirm.
    public Optional<Confirmation> beforeRelease() {
        InvoiceRun run = selected.get();
        return run == null || !releaseGate.open()
                ? Optional.empty()
                : Optional.of(
                        new Confirmation(
                                words.say("invoices.release.title", run.businessDate().toString()),
                                words.say(
                                        "invoices.release.text",
                                        Figures.count(run.invoices()),
                                        Figures.money(run.net(), run.currency()),
                                        Figures.money(run.tax(), run.currency()),
                                        Figures.money(run.gross(), run.currency()),
                                        Figures.count(run.invoices() - run.notSendable()),
                                        Figures.count(run.notSendable())),
                                words.say("invoices.release.verb", Figures.count(run.invoices())),
                                access.place(),
                                false));
    }

    public Optional<Confirmation> beforeDiscard() {
        InvoiceRun run = selected.get();
        return run == null || !discardGate.open()
                ? Optional.empty()
                : Optional.of(
                        new Confirmation(
                                words.say("invoices.discard.title", run.businessDate().toString()),
                                words.say("invoices.discard.text", Figures.count(run.invoices())),
                                words.say("invoices.discard.verb"),
                                access.place(),
                                true));
    }

    public void release() {
        command(releaseGate, commands::release);
    }

    /// Takes up a release that stands still; harmless for one that moves.
    public void retry() {
        command(retryGate, commands::retry);
    }

    public void discard(String reason) {
        command(discardGate, id -> commands.discard(id, reason));
    }

    private void command(Gate gate, Act act) {
        InvoiceRun run = selected.get();
        if (run != null && gate.open()) {
            commander.give(() -> act.on(run.id()), this::changed);
        }
    }

    /// Looks at the run that was just begun, before the live stream brings it.
    private void drafted(InvoiceRun run) {
        if (runs.stream().noneMatch(row -> row.run().id().equals(run.id()))) {
            runs.addFirst(RunRow.of(run, words));
        }
        select(run);
    }

    private void changed(InvoiceRun run) {
        if (run.id().equals(runId.get())) {
            select(run);
        }
    }

    private String describe(InvoiceRun run) {
        return words.say(
                "invoices.counts",
                Figures.count(run.rendered()),
                Figures.count(run.invoices()),
                Figures.count(run.sent()),
                Figures.count(run.notSendable()),
                Figures.count(run.failed()));
    }

    private String whatFailed(InvoiceRun run) {
        String reason = Objects.requireNonNullElse(run.reason(), "");
        return switch (run.state()) {
            case FAILED -> words.say("invoices.draftFailed", reason);
            case RELEASE_FAILED -> words.say("invoices.releaseFailed", reason);
            case DRAFTING, DRAFTED, RELEASING, RELEASED, DISCARDED -> "";
        };
    }

    /// The default: the latest day that has ended. A day still running would miss its late sales.
    private LocalDate yesterday() {
        return LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault()).minusDays(1);
    }

    private String whyNotDraft() {
        LocalDate day = date.get();
        if (day == null) {
            return words.say("invoices.noDate");
        }
        if (day.isAfter(yesterday())) {
            return words.say("invoices.notOver", day.toString());
        }
        return runs.stream()
                .map(RunRow::run)
                .filter(run -> run.businessDate().equals(day) && standing(run.state()))
                .findFirst()
                .map(
                        run ->
                                words.say(
                                        "invoices.alreadyRun",
                                        day.toString(),
                                        words.of("invoiceRunState", run.state())))
                .orElse("");
    }

    private static boolean standing(InvoiceRunState state) {
        return switch (state) {
            case DRAFTING, FAILED, DRAFTED, RELEASING, RELEASE_FAILED, RELEASED -> true;
            case DISCARDED -> false;
        };
    }

    private Gate gate(Gate finance, Set<InvoiceRunState> states, String key) {
        return finance.on(
                selected,
                words.say("invoices.noRun"),
                run ->
                        states.contains(run.state())
                                ? ""
                                : words.say(key, words.of("invoiceRunState", run.state())));
    }

    public ObservableList<RunRow> runs() {
        return runs;
    }

    public ReadOnlyObjectProperty<LoadState<List<InvoiceRun>>> state() {
        return state.getReadOnlyProperty();
    }

    /// The run that is looked at.
    public ReadOnlyObjectProperty<@Nullable InvoiceRun> selected() {
        return selected.getReadOnlyProperty();
    }

    /// Its id, or empty: changes only when another run is looked at.
    public ReadOnlyStringProperty runId() {
        return runId.getReadOnlyProperty();
    }

    /// Why drafting or releasing failed, and what to do; or empty.
    public ReadOnlyStringProperty failure() {
        return failure.getReadOnlyProperty();
    }

    /// Whether the run looked at is being released, well or not.
    public BooleanBinding underWay() {
        return Bindings.createBooleanBinding(
                () -> {
                    InvoiceRun run = selected.get();
                    return run != null && UNDER_WAY.contains(run.state());
                },
                selected);
    }

    public ReadOnlyStringProperty counts() {
        return counts.getReadOnlyProperty();
    }

    /// What is out of the ordinary, a line each; or empty.
    public ReadOnlyStringProperty remarks() {
        return remarks.getReadOnlyProperty();
    }

    /// The business date to be drafted.
    public ObjectProperty<@Nullable LocalDate> date() {
        return date;
    }

    public Gate draftGate() {
        return draftGate;
    }

    public Gate releaseGate() {
        return releaseGate;
    }

    public Gate retryGate() {
        return retryGate;
    }

    public Gate discardGate() {
        return discardGate;
    }

    @FunctionalInterface
    private interface Act {
        InvoiceRun on(String id) throws ProblemException;
    }
}
