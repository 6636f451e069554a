package dev.slipway.console.invoicing;

import dev.slipway.api.access.Role;
import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.MailState;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Confirmation;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.Pages;
import dev.slipway.console.table.Rows;

import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The invoices of the run that is looked at: all of them, searched here.
public final class InvoicesViewModel {
    private static final Set<MailState> RESENDABLE =
            EnumSet.of(MailState.NOT_SENDABLE, MailState.SENT, MailState.FAILED, MailState.UNKNOWN);

    /// A marketplace has some thousands of vendors at most; beyond this the search is incomplete
    /// and the screen says so.
    private static final int MOST = 20_000;

    private final InvoiceCommands commands;
    private final Pages<String, Invoice> pages;
    private final Commander commander;
    private final Commander loader;
    private final Access access;
    private final Wording words;
    private final ObservableList<InvoiceRow> rows = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<LoadState<List<Invoice>>> state =
            new ReadOnlyObjectWrapper<>(this, "state", new LoadState.Idle<>());
    private final StringProperty text = new SimpleStringProperty(this, "text", "");
    private final ReadOnlyStringWrapper extent = new ReadOnlyStringWrapper(this, "extent", "");
    private final ObjectProperty<@Nullable Invoice> selected =
            new SimpleObjectProperty<>(this, "selected", null);
    private final Gate online;
    private final Gate resendGate;
    private List<Invoice> all = List.of();
    private String runId = "";
    private int inRun;

    /// What is kept of the run has not been seen yet, and so not what is missing of it.
    private boolean unseen;

    public InvoicesViewModel(
            InvoiceCommands commands,
            Pages<String, Invoice> pages,
            Commander commander,
            Commander loader,
            Access access,
            Wording words) {
        this.commands = commands;
        this.pages = pages;
        this.commander = commander;
        this.loader = loader;
        this.access = access;
        this.words = words;
        this.online = access.to(Role.values());
        this.resendGate =
                Gate.of(
                        access.to(Role.FINANCE).reason(),
                        commander.busy(),
                        Bindings.createStringBinding(this::whyNotResend, selected));
        text.addListener((_, _, _) -> filter());
    }

    /// Looks at the invoices of a run; what the store lacks of them is fetched.
    public void lookAt(@Nullable InvoiceRun run) {
        String now = run == null ? "" : run.id();
        if (!now.equals(runId)) {
            runId = now;
            all = List.of();
            selected.set(null);
            unseen = true;
            filter();
        }
        inRun = run == null ? 0 : run.invoices();
    }

    public void show(LoadState<List<Invoice>> fresh) {
        all = fresh.value().orElse(List.of());
        state.set(all.isEmpty() && inRun > 0 ? missing(fresh) : fresh);
        filter();
        Invoice before = selected.get();
        if (before != null) {
            all.stream()
                    .filter(invoice -> invoice.id().equals(before.id()))
                    .findFirst()
                    .ifPresent(selected::set);
        }
        if (unseen) {
            unseen = false;
            fetch();
        }
    }

    /// Fetches what is missing, page after page.
    public void fetch() {
        if (all.size() < inRun && online.open() && loader.busy().get().isEmpty()) {
            String list = runId;
            loader.quietly(() -> pages.loadAll(list, MOST), _ -> {});
        }
    }

    public Optional<Confirmation> beforeResend() {
        Invoice invoice = selected.get();
        return invoice == null || !resendGate.open()
                ? Optional.empty()
                : Optional.of(
                        new Confirmation(
                                words.say(
                                        "invoices.resend.title",
                                        Objects.requireNonNullElse(invoice.number(), ""),
                                        invoice.vendorName()),
                                words.say(
                                        "invoices.resend.text." + before(invoice.mail()),
                                        Objects.requireNonNullElse(invoice.email(), "")),
                                words.say("invoices.resend.verb"),
                                access.place(),
                                true));
    }

    private static String before(MailState mail) {
        return switch (mail) {
            case NOT_SENDABLE, NONE -> "never";
            case SENT -> "second";
            case QUEUED, FAILED, UNKNOWN -> "perhaps";
        };
    }

    public void resend(String reason) {
        Invoice invoice = selected.get();
        if (invoice != null && resendGate.open()) {
            commander.give(() -> commands.resend(invoice.id(), reason), selected::set);
        }
    }

    /// The run has invoices, but none of them is here.
    private LoadState<List<Invoice>> missing(LoadState<List<Invoice>> fresh) {
        return switch (fresh) {
            case LoadState.Ready<List<Invoice>> _ -> new LoadState.Loading<>();
            case LoadState.Stale<List<Invoice>> _ -> new LoadState.Idle<>();
            case LoadState.Idle<List<Invoice>> _,
                    LoadState.Loading<List<Invoice>> _,
                    LoadState.Failed<List<Invoice>> _ ->
                    fresh;
        };
    }

    private void filter() {
        List<InvoiceRow> fresh =
                all.stream()
                        .map(invoice -> InvoiceRow.of(invoice, words))
                        .filter(row -> row.has(text.get()))
                        .toList();
        Rows.show(rows, fresh, row -> row.invoice().id());
        String key = all.size() < inRun ? "invoices.extent.partly" : "invoices.extent";
        extent.set(
                words.say(
                        key,
                        Figures.count(fresh.size()),
                        Figures.count(all.size()),
                        Figures.count(inRun)));
    }

    private String whyNotResend() {
        Invoice invoice = selected.get();
        if (invoice == null) {
            return words.say("invoices.noneSelected");
        }
        return RESENDABLE.contains(invoice.mail())
                ? ""
                : words.say("invoices.notResendable", words.of("mailState", invoice.mail()));
    }

    public ObservableList<InvoiceRow> rows() {
        return rows;
    }

    public ReadOnlyObjectProperty<LoadState<List<Invoice>>> state() {
        return state.getReadOnlyProperty();
    }

    public StringProperty text() {
        return text;
    }

    /// How many of the run's invoices are shown.
    public ReadOnlyStringProperty extent() {
        return extent.getReadOnlyProperty();
    }

    public ObjectProperty<@Nullable Invoice> selected() {
        return selected;
    }

    public Gate resendGate() {
        return resendGate;
    }
}
