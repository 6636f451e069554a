package dev.slipway.console.audit;

import dev.slipway.api.access.AuditEntry;
import dev.slipway.client.kept.Audit;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.LoadPane;
import dev.slipway.console.fx.ScreenController;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Columns;
import dev.slipway.console.table.Open;
import dev.slipway.console.table.RowStyles;
import dev.slipway.console.table.Selection;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;

import java.util.Comparator;
import java.util.List;

/// Binds the audit log.
public final class AuditController implements ScreenController {
    private final Desk desk;
    private final Wording words;
    private final OfflineStore store;
    private final AuditViewModel model;
    private final Open open = new Open();

    @FXML private TextField text;
    @FXML private CheckBox refused;
    @FXML private LoadPane pane;
    @FXML private TableView<AuditRow> table;
    @FXML private TableColumn<AuditRow, AuditRow> at;
    @FXML private TableColumn<AuditRow, AuditRow> user;
    @FXML private TableColumn<AuditRow, AuditRow> action;
    @FXML private TableColumn<AuditRow, AuditRow> subject;
    @FXML private TableColumn<AuditRow, AuditRow> reason;
    @FXML private TableColumn<AuditRow, AuditRow> status;
    @FXML private TableColumn<AuditRow, AuditRow> hash;
    @FXML private Label extent;
    @FXML private Button more;

    public AuditController(ScreenContext context) {
        this.desk = Desk.of(context);
        this.words = desk.words();
        this.store = context.store();
        this.model =
                new AuditViewModel(
                        (_, cursor) ->
                                store.load(
                                        Audit.pages(),
                                        cursor == null,
                                        () -> context.client().access().audit(cursor)),
                        desk.loader(),
                        desk.access(),
                        context.clock(),
                        words);
    }

    @FXML
    private void initialize() {
        Columns.fill(table);
        Columns.ordered(at, AuditRow::at, Comparator.comparing(row -> row.entry().seq()));
        Columns.text(user, row -> row.entry().user());
        Columns.text(action, row -> row.entry().action());
        Columns.text(subject, row -> row.entry().subject());
        Columns.text(reason, row -> row.entry().reason());
        Columns.ordered(
                status,
                row ->
                        words.say(
                                row.refused() ? "audit.refused" : "audit.granted",
                                String.valueOf(row.entry().status())),
                Comparator.comparing(row -> row.entry().status()));
        Columns.text(hash, row -> row.entry().hash());
        RowStyles.mark(table, row -> row.refused() ? "refused" : "", List.of("refused"));
        Selection.keep(table, model.rows(), row -> row.entry().seq(), _ -> {});
        pane.stateProperty().bind(model.paged().state().map(AuditController::items));
        pane.setClock(desk.context().clock());
        pane.setOnRetry(model::refresh, model.online().reason());
        table.setPlaceholder(new Label(words.say("audit.noMatch")));
        text.textProperty().bindBidirectional(model.text());
        refused.selectedProperty().bindBidirectional(model.refusedOnly());
        extent.textProperty().bind(model.extent());
        Buttons.join(more, model.moreGate(), words.say("pages.more.hint"));
    }

    private static LoadState<List<AuditEntry>> items(LoadState<Listing<AuditEntry>> state) {
        return state.map(Listing::items);
    }

    @Override
    public void shown() {
        open.add(
                store.observe(Audit.pages()).into(model::show),
                store.observe(Audit.latest()).into(model::showLive));
        model.refresh();
    }

    @Override
    public void hidden() {
        open.close();
    }

    @FXML
    private void onMore() {
        model.more();
    }
}
