package dev.slipway.console.migration;

import dev.slipway.api.migration.QuarantineReason;
import dev.slipway.api.migration.QuarantineState;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.LoadPane;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Columns;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.Selection;

import javafx.animation.PauseTransition;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.util.Duration;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;

/// Binds the rows in quarantine: reasons on the left, rows on the right, the raw row below.
public final class QuarantineController {
    private final Desk desk;
    private final Wording words;

    @FXML private Button all;
    @FXML private TableView<QuarantineReason> reasons;
    @FXML private TableColumn<QuarantineReason, QuarantineReason> count;
    @FXML private TableColumn<QuarantineReason, QuarantineReason> reasonColumn;
    @FXML private TableColumn<QuarantineReason, QuarantineReason> rule;
    @FXML private LoadPane pane;
    @FXML private TableView<Quarantined> table;
    @FXML private TableColumn<Quarantined, Quarantined> step;
    @FXML private TableColumn<Quarantined, Quarantined> key;
    @FXML private TableColumn<Quarantined, Quarantined> column;
    @FXML private TableColumn<Quarantined, Quarantined> value;
    @FXML private TableColumn<Quarantined, Quarantined> reason;
    @FXML private Label extent;
    @FXML private Button more;
    @FXML private TextArea details;
    @FXML private TextArea wanted;
    @FXML private TableColumn<QuarantineReason, QuarantineReason> bar;
    @FXML private TableColumn<Quarantined, Quarantined> stateColumn;
    @FXML private ComboBox<@Nullable QuarantineState> rowState;
    @FXML private TextField filter;
    @FXML private WorkbenchController workbenchController;
    private Runnable search = () -> {};
    private final PauseTransition typing = new PauseTransition(Duration.millis(350));

    public QuarantineController(ScreenContext context) {
        this.desk = Desk.of(context);
        this.words = desk.words();
    }

    @FXML
    private void initialize() {
        Columns.fill(table);
        Columns.fill(reasons);
        Columns.figure(count, row -> Figures.count(row.open()), QuarantineReason::open);
        Columns.drawn(bar, _ -> new ProgressBar(), this::share);
        Columns.ordered(
                stateColumn,
                row -> words.of("quarantineState", row.state()),
                Comparator.comparing(Quarantined::state));
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        rowState.getItems().add(null);
        rowState.getItems().addAll(QuarantineState.values());
        rowState.setConverter(new StateNames());
        Columns.text(reasonColumn, row -> row.step() + "." + column(row.column()));
        Columns.text(rule, QuarantineReason::rule);
        Columns.text(step, Quarantined::step);
        Columns.text(key, Quarantined::key);
        Columns.text(column, row -> column(row.column()));
        Columns.text(value, row -> QuarantineViewModel.quoted(row.value()));
        Columns.text(reason, Quarantined::reason);
        reasons.setPlaceholder(new Label(""));
        Buttons.hint(all, words.say("quarantine.all.hint"));
    }

    /// How much of the rows it is whose reason is the most frequent.
    private void share(ProgressBar of, QuarantineReason row) {
        long most = reasons.getItems().stream().mapToLong(QuarantineReason::open).max().orElse(0);
        of.setPrefWidth(48);
        of.setProgress(most == 0 ? 0 : (double) row.open() / most);
    }

    void use(QuarantineViewModel model, WorkbenchViewModel bench) {
        workbenchController.use(bench, model);
        rowState.valueProperty().bindBidirectional(model.rowState());
        filter.textProperty().bindBidirectional(model.text());
        search = model::search;
        typing.setOnFinished(_ -> model.search());
        filter.textProperty().addListener((_, _, _) -> typing.playFromStart());
        wanted.textProperty().bind(model.wanted());
        Selection.keep(
                reasons,
                model.reasons(),
                QuarantineReason::id,
                rows -> model.reason().set(rows.stream().findFirst().orElse(null)));
        Selection.keep(
                table,
                model.paged().items(),
                Quarantined::id,
                rows -> {
                    model.selected().set(rows.stream().findFirst().orElse(null));
                    bench.choose(rows);
                });
        pane.stateProperty().bind(model.paged().state().map(QuarantineController::items));
        pane.setClock(desk.context().clock());
        pane.setOnRetry(model::refresh, model.online().reason());
        extent.textProperty().bind(model.paged().extent());
        details.textProperty().bind(model.details());
        Buttons.join(more, model.moreGate(), words.say("pages.more.hint"));
        more.setOnAction(_ -> model.more());
    }

    private static LoadState<List<Quarantined>> items(LoadState<Listing<Quarantined>> state) {
        return state.map(Listing::items);
    }

    private String column(String name) {
        return name.isEmpty() ? words.say("quarantine.wholeRow") : name;
    }

    @FXML
    private void onSearch() {
        typing.stop();
        search.run();
    }

    private final class StateNames extends StringConverter<@Nullable QuarantineState> {
        @Override
        public String toString(@Nullable QuarantineState value) {
            return value == null
                    ? words.say("quarantine.anyState")
                    : words.of("quarantineState", value);
        }

        @Override
        public @Nullable QuarantineState fromString(String name) {
            return null;
        }
    }

    @FXML
    private void onAll() {
        reasons.getSelectionModel().clearSelection();
    }
}
