package dev.slipway.console.schedules;

import dev.slipway.api.Page;
import dev.slipway.api.schedules.ScheduleTask;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.kept.Schedules;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.ConfirmDialog;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.IsoDates;
import dev.slipway.console.fx.LoadPane;
import dev.slipway.console.fx.ScreenController;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Columns;
import dev.slipway.console.table.Open;
import dev.slipway.console.table.RowStyles;
import dev.slipway.console.table.Selection;
import dev.slipway.console.table.Ticker;

import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.javafx.FontIcon;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Binds the screen of schedules.
public final class SchedulesController implements ScreenController {
    private static final List<String> MARKS =
            List.of("broken", "failed", "missed", "late", "paused", "off");

    private static final double WIDE = 700;
    private static final double WIDER = 840;

    private final ScreenContext context;
    private final OfflineStore store;
    private final Wording words;
    private final SchedulesViewModel model;
    private final CalendarViewModel days;
    private final EditorViewModel edit;
    private final Open open = new Open();

    @FXML private VBox root;
    @FXML private Button add;
    @FXML private Button change;
    @FXML private Button remove;
    @FXML private LoadPane pane;
    @FXML private TableView<ScheduleRow> schedules;
    @FXML private TableColumn<ScheduleRow, ScheduleRow> name;
    @FXML private TableColumn<ScheduleRow, ScheduleRow> verdict;
    @FXML private TableColumn<ScheduleRow, ScheduleRow> next;
    @FXML private TableColumn<ScheduleRow, ScheduleRow> at;
    @FXML private TableColumn<ScheduleRow, ScheduleRow> meaning;
    @FXML private TableColumn<ScheduleRow, ScheduleRow> last;
    @FXML private TextField reason;
    @FXML private ComboBox<PauseLength> length;
    @FXML private Button pause;
    @FXML private DatePicker date;
    @FXML private Button run;
    @FXML private Button skip;
    @FXML private Label plannedTitle;
    @FXML private TableView<PlannedRow> planned;
    @FXML private TableColumn<PlannedRow, PlannedRow> plannedDate;
    @FXML private TableColumn<PlannedRow, PlannedRow> plannedAt;
    @FXML private TableColumn<PlannedRow, PlannedRow> plannedIn;
    @FXML private TableColumn<PlannedRow, PlannedRow> plannedNote;
    @FXML private VBox right;
    @FXML private Button before;
    @FXML private Button after;
    @FXML private Label month;
    @FXML private RunCalendar calendar;
    @FXML private Label about;
    @FXML private FlowPane legend;
    @FXML private HistoryController changesController;
    @FXML private EditorController editorController;

    @SuppressWarnings("NullAway.Init") // the loader sets the FXML fields
    public SchedulesController(ScreenContext context) {
        Desk desk = Desk.of(context);
        this.context = context;
        this.store = context.store();
        this.words = desk.words();
        ScheduleCommands commands = ScheduleCommands.of(context.client().schedules());
        Commander commander = desk.commander();
        this.model =
                new SchedulesViewModel(
                        commands,
                        commander,
                        desk.access(),
                        context.clock(),
                        words,
                        context.notices()::info);
        this.days = new CalendarViewModel(context.clock(), words);
        this.edit =
                new EditorViewModel(
                        commands,
                        desk.commander(),
                        desk.loader(),
                        this::loadTasks,
                        desk.access(),
                        context.clock(),
                        words,
                        context.notices()::info);
    }

    private Listing<ScheduleTask> loadTasks() throws ProblemException {
        return store.load(
                Schedules.tasks(),
                true,
                () -> new Page<>(context.client().schedules().tasks(), null, null));
    }

    @FXML
    private void initialize() {
        columns();
        RowStyles.mark(schedules, row -> row.trouble().name().toLowerCase(Locale.ROOT), MARKS);
        Selection.keep(
                schedules,
                model.rows(),
                row -> row.schedule().name(),
                chosen -> model.select(chosen.isEmpty() ? null : chosen.getFirst().schedule()));
        pane.stateProperty().bind(model.state());
        pane.setClock(context.clock());
        buttons();
        calendar();
        changesController.use(model);
        editorController.use(edit, words);
        right.visibleProperty().bind(edit.open().not());
        right.managedProperty().bind(right.visibleProperty());
    }

    private void columns() {
        Columns.text(name, row -> row.schedule().name());
        Columns.ordered(verdict, ScheduleRow::verdict, Comparator.comparing(ScheduleRow::trouble));
        Comparator<ScheduleRow> soonest =
                Comparator.comparing(
                        row ->
                                Trouble.next(row.schedule())
                                        .map(run -> run.at())
                                        .orElse(java.time.Instant.MAX));
        Columns.ordered(next, ScheduleRow::in, soonest);
        Columns.ordered(at, ScheduleRow::at, soonest);
        Columns.text(meaning, row -> row.schedule().words());
        Columns.text(last, ScheduleRow::last);
        // on a narrow window what is wrong and what runs next say more
        last.visibleProperty().bind(schedules.widthProperty().greaterThan(WIDE));
        meaning.visibleProperty().bind(schedules.widthProperty().greaterThan(WIDER));
        Columns.fill(schedules);
        Columns.text(plannedDate, row -> "" + row.run().businessDate());
        Comparator<PlannedRow> byTime = Comparator.comparing(row -> row.run().at());
        Columns.ordered(plannedAt, PlannedRow::at, byTime);
        Columns.ordered(plannedIn, PlannedRow::in, byTime);
        Columns.text(plannedNote, PlannedRow::note);
        Columns.fill(planned);
        PlannedDates.choose(planned, model);
        plannedTitle
                .textProperty()
                .bind(
                        model.choice()
                                .selected()
                                .map(one -> one == null ? "" : one.name())
                                .map(
                                        named ->
                                                named.isEmpty()
                                                        ? words.say("schedules.next.none")
                                                        : words.say("schedules.next.of", named))
                                .orElse(words.say("schedules.next.none")));
    }

    private void buttons() {
        reason.textProperty().bindBidirectional(model.choice().reason());
        EditorController.choices(length, PauseLength.values(), "pauseLength", words);
        length.valueProperty().bindBidirectional(model.pausing().length());
        date.valueProperty().bindBidirectional(model.choice().date());
        date.setConverter(new IsoDates());
        pause.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () ->
                                        words.say(
                                                model.pausing().paused()
                                                        ? "schedules.resume"
                                                        : "schedules.pause"),
                                model.choice().selected()));
        skip.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () ->
                                        words.say(
                                                model.skipping().skipped()
                                                        ? "schedules.unskip"
                                                        : "schedules.skip"),
                                model.choice().selected(),
                                model.choice().date()));
        Buttons.hint(add, words.say("schedules.add.hint"));
        Buttons.join(change, model.acts().chosen(), words.say("schedules.change.hint"));
        Buttons.join(remove, model.acts().open(), words.say("schedules.remove.hint"));
        Buttons.join(pause, model.pausing().gate(), words.say("schedules.pause.hint"));
        Buttons.join(run, model.running().gate(), words.say("schedules.run.hint"));
        Buttons.join(skip, model.skipping().gate(), words.say("schedules.skip.hint"));
        add.setOnAction(_ -> edit.begin(ZoneId.systemDefault().getId()));
    }

    private void calendar() {
        days.chosen().bindBidirectional(model.choice().date());
        model.choice().selected().addListener(_ -> showDays());
        model.choice().runs().addListener(_ -> showDays());
        calendar.show(days);
        month.textProperty().bind(days.title());
        about.textProperty().bind(days.about());
        Buttons.hint(before, words.say("calendar.before.hint"));
        Buttons.hint(after, words.say("calendar.after.hint"));
        before.setOnAction(_ -> days.turn(-1));
        after.setOnAction(_ -> days.turn(1));
        for (CalendarDay.Mark mark : CalendarDay.Mark.values()) {
            if (mark != CalendarDay.Mark.NONE) {
                var label = new Label(words.of("scheduleRun", mark), new FontIcon(mark.icon()));
                label.getStyleClass()
                        .addAll("caption", "run-" + mark.name().toLowerCase(Locale.ROOT));
                legend.getChildren().add(label);
            }
        }
    }

    private void showDays() {
        var one = model.choice().selected().get();
        days.show(one, one == null ? List.of() : model.choice().runsOf(one.name()));
    }

    @Override
    public void shown() {
        open.add(
                store.observe(Schedules.all()).into(model::show),
                store.observe(Schedules.runs()).into(model::showRuns),
                store.observe(Schedules.tasks()).into(edit::showTasks),
                Ticker.every(1, model::tick));
        changesController.shown();
    }

    @Override
    public void hidden() {
        open.close();
        changesController.hidden();
    }

    @FXML
    private void onChange() {
        var one = model.choice().selected().get();
        if (one != null) {
            edit.begin(one);
        }
    }

    @FXML
    private void onRemove() {
        model.beforeRemove().ifPresent(this::ask);
    }

    private void ask(Asked asked) {
        ConfirmDialog.ask(root.getScene().getWindow(), asked.question(), words, asked.act());
    }

    @FXML
    private void onPause() {
        model.pausing().pauseOrResume();
    }

    @FXML
    private void onRun() {
        model.running().beforeRun().ifPresent(this::ask);
    }

    @FXML
    private void onSkip() {
        model.skipping().skipOrNot();
    }
}
