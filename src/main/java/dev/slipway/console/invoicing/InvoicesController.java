package dev.slipway.console.invoicing;

import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.InvoiceRunState;
import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.api.tasks.ExportOf;
import dev.slipway.client.kept.Invoices;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.client.offline.Subscription;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.ConfirmDialog;
import dev.slipway.console.command.Confirmation;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Wording;
import dev.slipway.console.exports.ExportMenu;
import dev.slipway.console.fx.IsoDates;
import dev.slipway.console.fx.LoadPane;
import dev.slipway.console.fx.ScreenController;
import dev.slipway.console.fx.StaleAge;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Columns;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.Open;
import dev.slipway.console.table.RowStyles;
import dev.slipway.console.table.Selection;
import dev.slipway.console.table.Ticker;

import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// Binds the invoices screen: runs, the run that is looked at, its invoices, the PDF beside them.
public final class InvoicesController implements ScreenController {
    private static final double WIDE = 720;

    private final Desk desk;
    private final Wording words;
    private final OfflineStore store;
    private final InvoiceRunsViewModel model;
    private final InvoicesViewModel invoices;
    private final PdfViewModel preview;
    private final Open open = new Open();
    private @Nullable Subscription ofRun;

    @FXML private VBox root;
    @FXML private DatePicker date;
    @FXML private Button draft;
    @FXML private Label why;
    @FXML private LoadPane runsPane;
    @FXML private TableView<RunRow> runs;
    @FXML private TableColumn<RunRow, RunRow> runDate;
    @FXML private TableColumn<RunRow, RunRow> runState;
    @FXML private TableColumn<RunRow, RunRow> runCount;
    @FXML private TableColumn<RunRow, RunRow> runGross;
    @FXML private TableColumn<RunRow, RunRow> runSent;
    @FXML private TableColumn<RunRow, RunRow> runBy;
    @FXML private Label title;
    @FXML private Label state;
    @FXML private StaleAge runAge;
    @FXML private Button release;
    @FXML private Button retry;
    @FXML private Button discard;
    @FXML private HBox totals;
    @FXML private Label net;
    @FXML private Label tax;
    @FXML private Label gross;
    @FXML private Label counts;
    @FXML private Label failure;
    @FXML private Label remarks;
    @FXML private TextField search;
    @FXML private Label extent;
    @FXML private MenuButton export;
    @FXML private Button resend;
    @FXML private LoadPane pane;
    @FXML private TableView<InvoiceRow> table;
    @FXML private TableColumn<InvoiceRow, InvoiceRow> number;
    @FXML private TableColumn<InvoiceRow, InvoiceRow> vendor;
    @FXML private TableColumn<InvoiceRow, InvoiceRow> email;
    @FXML private TableColumn<InvoiceRow, InvoiceRow> invoiceNet;
    @FXML private TableColumn<InvoiceRow, InvoiceRow> invoiceTax;
    @FXML private TableColumn<InvoiceRow, InvoiceRow> invoiceGross;
    @FXML private TableColumn<InvoiceRow, InvoiceRow> mail;
    @FXML private PdfController pdfController;

    public InvoicesController(ScreenContext context) {
        this.desk = Desk.of(context);
        this.words = desk.words();
        this.store = context.store();
        InvoiceCommands commands = InvoiceCommands.of(context.client());
        Commander commander = desk.commander();
        model =
                new InvoiceRunsViewModel(
                        commands, commander, desk.access(), context.clock(), words);
        invoices =
                new InvoicesViewModel(
                        commands,
                        (run, cursor) ->
                                store.load(
                                        Invoices.pages(run),
                                        cursor == null,
                                        () -> context.client().invoices().ofRun(run, cursor)),
                        commander,
                        desk.loader(),
                        desk.access(),
                        words);
        preview =
                new PdfViewModel(
                        Documents.of(store, context.client()), context.background(), words);
    }

    @FXML
    private void initialize() {
        pdfController.use(preview);
        Columns.fill(runs);
        Columns.fill(table);
        runColumns();
        invoiceColumns();
        runsPane.stateProperty().bind(model.state());
        runsPane.setClock(desk.context().clock());
        runAge.setClock(desk.context().clock());
        model.state().subscribe(runAge::show);
        pane.stateProperty().bind(invoices.state());
        pane.setClock(desk.context().clock());
        Selection.keep(
                runs,
                model.runs(),
                row -> row.run().id(),
                rows -> rows.stream().findFirst().ifPresent(row -> model.select(row.run())));
        Selection.keep(
                table,
                invoices.rows(),
                row -> row.invoice().id(),
                rows -> invoices.selected().set(rows.isEmpty() ? null : rows.getFirst().invoice()));
        date.valueProperty().bindBidirectional(model.date());
        table.setPlaceholder(new Label(words.say("invoices.noMatch")));
        date.setConverter(new IsoDates());
        why.textProperty().bind(model.draftGate().reason());
        counts.textProperty().bind(model.counts());
        shownWhenSet(failure, model.failure());
        retry.visibleProperty().bind(model.underWay());
        retry.managedProperty().bind(retry.visibleProperty());
        shownWhenSet(remarks, model.remarks());
        search.textProperty().bindBidirectional(invoices.text());
        extent.textProperty().bind(invoices.extent());
        model.selected().addListener((_, _, run) -> showRun(run));
        model.runId().addListener((_, _, id) -> observeRun(id));
        invoices.selected().addListener((_, _, invoice) -> preview.show(invoice));
        Buttons.join(draft, model.draftGate(), words.say("invoices.draft.hint"));
        Buttons.join(release, model.releaseGate(), words.say("invoices.release.hint"));
        Buttons.join(retry, model.retryGate(), words.say("invoices.retry.hint"));
        Buttons.join(discard, model.discardGate(), words.say("invoices.discard.hint"));
        Buttons.join(resend, invoices.resendGate(), words.say("invoices.resend.hint"));
        ExportMenu.join(
                export,
                desk,
                desk.commander(),
                Bindings.createStringBinding(this::whyNotExport, model.selected()),
                ExportOf.INVOICES,
                this::shownInvoices);
        showRun(null);
    }

    private String whyNotExport() {
        return model.selected().get() == null ? words.say("invoices.noRun") : "";
    }

    private ExportFilter shownInvoices() {
        String text = search.getText().strip();
        return new ExportFilter(
                null,
                null,
                null,
                model.runId().get(),
                null,
                null,
                null,
                null,
                text.isEmpty() ? null : text);
    }

    private void runColumns() {
        Columns.ordered(
                runDate,
                row -> row.run().businessDate().toString(),
                Comparator.comparing(row -> row.run().businessDate()));
        Columns.ordered(runState, RunRow::state, Comparator.comparing(row -> row.run().state()));
        Columns.figure(
                runCount, row -> Figures.count(row.run().invoices()), row -> row.run().invoices());
        Columns.figure(runGross, RunRow::gross, row -> row.run().gross());
        Columns.figure(runSent, row -> Figures.count(row.run().sent()), row -> row.run().sent());
        Columns.text(runBy, row -> row.run().startedBy());
    }

    private void invoiceColumns() {
        Columns.text(number, InvoiceRow::number);
        Columns.text(vendor, row -> row.invoice().vendorName());
        Columns.text(email, InvoiceRow::email);
        // on a narrow window the gross says enough: the run's totals and the PDF have the rest
        invoiceNet.visibleProperty().bind(table.widthProperty().greaterThan(WIDE));
        invoiceTax.visibleProperty().bind(table.widthProperty().greaterThan(WIDE));
        amount(invoiceNet, Invoice::net);
        amount(invoiceTax, Invoice::tax);
        amount(invoiceGross, Invoice::gross);
        Columns.ordered(mail, InvoiceRow::mail, Comparator.comparing(row -> row.invoice().mail()));
        RowStyles.mark(
                table,
                row -> row.invoice().mail().name().toLowerCase(Locale.ROOT),
                List.of("not_sendable", "unknown", "failed", "sent", "queued"));
    }

    private static void amount(
            TableColumn<InvoiceRow, InvoiceRow> column, Function<Invoice, BigDecimal> of) {
        Columns.figure(
                column,
                row -> Figures.amount(of.apply(row.invoice())),
                row -> of.apply(row.invoice()));
    }

    private void showRun(@Nullable InvoiceRun run) {
        Stream.of(totals, state, counts).forEach(node -> node.setVisible(run != null));
        title.setText(
                run == null
                        ? words.say("invoices.noRun")
                        : words.say("invoices.title", run.businessDate().toString()));
        state.setText(run == null ? "" : words.of("invoiceRunState", run.state()));
        for (InvoiceRunState each : InvoiceRunState.values()) {
            state.pseudoClassStateChanged(
                    PseudoClass.getPseudoClass(
                            each.name().toLowerCase(Locale.ROOT).replace('_', '-')),
                    run != null && run.state() == each);
        }
        if (run != null) {
            net.setText(Figures.money(run.net(), run.currency()));
            tax.setText(Figures.money(run.tax(), run.currency()));
            gross.setText(Figures.money(run.gross(), run.currency()));
        }
        invoices.lookAt(run);
    }

    private void observeRun(String id) {
        if (ofRun != null) {
            ofRun.close();
            ofRun = null;
        }
        if (!id.isEmpty()) {
            ofRun = store.observe(Invoices.of(id)).into(invoices::show);
        }
    }

    @Override
    public void shown() {
        observeRun(model.runId().get());
        open.add(
                store.observe(Invoices.runs()).into(model::show),
                Ticker.every(2, this::catchUp),
                () -> observeRun(""));
    }

    /// What failed while the backend was away is tried again once it is back.
    private void catchUp() {
        invoices.fetch();
        if (desk.access().online()) {
            preview.retry(invoices.selected().get());
        }
    }

    @Override
    public void hidden() {
        open.close();
    }

    @FXML
    private void onDraft() {
        model.draft();
    }

    @FXML
    private void onRelease() {
        ask(model.beforeRelease(), _ -> model.release());
    }

    @FXML
    private void onRetry() {
        model.retry();
    }

    @FXML
    private void onDiscard() {
        ask(model.beforeDiscard(), model::discard);
    }

    @FXML
    private void onResend() {
        ask(invoices.beforeResend(), invoices::resend);
    }

    private void ask(Optional<Confirmation> confirmation, Consumer<String> confirmed) {
        confirmation.ifPresent(
                asked -> ConfirmDialog.ask(root.getScene().getWindow(), asked, words, confirmed));
    }

    private static void shownWhenSet(Label label, javafx.beans.value.ObservableValue<String> text) {
        label.textProperty().bind(text);
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
    }
}
