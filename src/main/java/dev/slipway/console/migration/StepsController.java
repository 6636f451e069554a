package dev.slipway.console.migration;

import dev.slipway.api.migration.StepProgress;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.LoadPane;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Columns;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.RowStyles;
import dev.slipway.console.table.Selection;

import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// Binds the steps of the run and the chunk map of one of them.
public final class StepsController {
    private static final List<String> STATES =
            List.of("waiting", "running", "validating", "validated", "invalid", "failed");

    private final Desk desk;
    private final Wording words;

    @FXML private LoadPane pane;
    @FXML private TableView<StepRow> table;
    @FXML private TableColumn<StepRow, StepRow> name;
    @FXML private TableColumn<StepRow, StepRow> state;
    @FXML private TableColumn<StepRow, StepRow> bar;
    @FXML private TableColumn<StepRow, StepRow> read;
    @FXML private TableColumn<StepRow, StepRow> written;
    @FXML private TableColumn<StepRow, StepRow> merged;
    @FXML private TableColumn<StepRow, StepRow> quarantined;
    @FXML private TableColumn<StepRow, StepRow> skipped;
    @FXML private TableColumn<StepRow, StepRow> chunks;
    @FXML private TableColumn<StepRow, StepRow> time;
    @FXML private TableColumn<StepRow, StepRow> longest;
    @FXML private TableColumn<StepRow, StepRow> checksum;
    @FXML private Label unconserved;
    @FXML private Label chunksTitle;
    @FXML private ChunkMap map;
    @FXML private Label details;

    public StepsController(ScreenContext context) {
        this.desk = Desk.of(context);
        this.words = desk.words();
    }

    @FXML
    private void initialize() {
        Columns.fill(table);
        Columns.text(name, row -> row.step().name());
        Columns.ordered(state, StepRow::state, Comparator.comparing(row -> row.step().state()));
        Columns.drawn(bar, _ -> new StackedBar(), StackedBar::show);
        Columns.figure(read, StepsController::read, row -> row.step().read());
        count(written, StepProgress::written);
        count(merged, StepProgress::merged);
        count(quarantined, StepProgress::quarantined);
        count(skipped, StepProgress::skipped);
        Columns.figure(
                chunks,
                row -> row.step().chunksDone() + " / " + row.step().chunks(),
                row -> row.step().chunksDone());
        Columns.figure(time, StepRow::time, row -> row.step().seconds());
        Columns.figure(longest, StepRow::longest, row -> row.step().longestReadMillis());
        Columns.text(checksum, row -> row.step().checksum());
        RowStyles.mark(table, row -> row.step().state().name().toLowerCase(Locale.ROOT), STATES);
    }

    void use(RunViewModel model, ChunksViewModel chunkMap) {
        pane.stateProperty().bind(model.state());
        pane.setClock(desk.context().clock());
        Selection.keep(
                table,
                model.steps(),
                row -> row.step().name(),
                rows -> rows.stream().findFirst().ifPresent(model::choose));
        model.step().addListener((_, _, row) -> showStep(row, chunkMap));
        model.steps().addListener((ListChangeListener<StepRow>) _ -> check(model));
        check(model);
        showStep(model.step().get(), chunkMap);
        map.show(chunkMap.cells(), chunkMap.selected());
        details.textProperty().bind(chunkMap.details());
    }

    private void showStep(@Nullable StepRow row, ChunksViewModel chunkMap) {
        chunksTitle.setText(
                row == null
                        ? words.say("chunks.none")
                        : words.say(
                                "chunks.title",
                                row.step().name(),
                                Figures.count(row.step().chunksDone()),
                                Figures.count(row.step().chunks())));
        chunkMap.showStep(row);
    }

    /// Says where rows got lost or doubled: such a run has stopped.
    private void check(RunViewModel model) {
        String wrong =
                model.steps().stream()
                        .filter(row -> !row.conserved())
                        .map(row -> words.say("steps.unconserved", row.step().name()))
                        .collect(Collectors.joining("\n"));
        unconserved.setText(wrong);
        unconserved.setVisible(!wrong.isEmpty());
        unconserved.setManaged(!wrong.isEmpty());
    }

    private static String read(StepRow row) {
        StepProgress step = row.step();
        return step.rows() == 0 && step.read() == 0
                ? Figures.UNKNOWN
                : Figures.count(step.read()) + " / " + Figures.count(step.rows());
    }

    private static void count(
            TableColumn<StepRow, StepRow> column, ToLongFunction<StepProgress> of) {
        Columns.figure(
                column,
                row -> Figures.count(of.applyAsLong(row.step())),
                row -> of.applyAsLong(row.step()));
    }
}
