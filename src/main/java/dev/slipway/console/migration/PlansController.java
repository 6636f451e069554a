package dev.slipway.console.migration;

import dev.slipway.api.migration.Plan;
import dev.slipway.api.migration.PlanProblem;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.LoadPane;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Columns;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.Selection;
import dev.slipway.console.table.Sorting;

import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

import org.jspecify.annotations.Nullable;

/// Binds the plans: their text with what is wrong marked in it, and the start.
public final class PlansController {
    private final Desk desk;
    private final Wording words;

    private final Label noProblem = new Label();

    @FXML private LoadPane pane;
    @FXML private TableView<Plan> table;
    @FXML private TableColumn<Plan, Plan> name;
    @FXML private TableColumn<Plan, Plan> wrong;
    @FXML private Label facts;
    @FXML private Button start;
    @FXML private Button check;
    @FXML private Label why;
    @FXML private ListView<PlanLine> text;
    @FXML private Label problemsTitle;
    @FXML private TableView<PlanProblem> problems;
    @FXML private TableColumn<PlanProblem, PlanProblem> line;
    @FXML private TableColumn<PlanProblem, PlanProblem> message;

    public PlansController(ScreenContext context) {
        this.desk = Desk.of(context);
        this.words = desk.words();
    }

    @FXML
    private void initialize() {
        Columns.fill(table);
        Columns.fill(problems);
        Columns.text(name, Plan::name);
        Columns.figure(
                wrong,
                plan ->
                        plan.problems().isEmpty()
                                ? words.say("plans.ok")
                                : Figures.count(plan.problems().size()),
                plan -> plan.problems().size());
        Columns.figure(
                line,
                problem -> problem.line() == 0 ? Figures.UNKNOWN : String.valueOf(problem.line()),
                PlanProblem::line);
        Columns.text(message, PlanProblem::message);
        text.setCellFactory(_ -> new PlanLineCell());
        problems.setPlaceholder(noProblem);
        problems.getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, problem) -> jump(problem));
    }

    void use(PlansViewModel model) {
        pane.stateProperty().bind(model.state());
        pane.setClock(desk.context().clock());
        Selection.keep(
                table,
                model.plans(),
                Plan::name,
                plans -> plans.stream().findFirst().ifPresent(model.selected()::set));
        text.setItems(model.lines());
        Sorting.show(problems, model.problems());
        model.problems().addListener((ListChangeListener<PlanProblem>) _ -> count(model));
        model.selected()
                .addListener(
                        (_, _, plan) -> {
                            describe(plan);
                            count(model);
                        });
        count(model);
        describe(model.selected().get());
        check.setOnAction(_ -> model.check());
        Buttons.join(check, model.checkGate(), words.say("plans.check.hint"));
        start.setOnAction(_ -> model.start());
        why.textProperty().bind(model.startGate().reason());
        Buttons.join(start, model.startGate(), words.say("plans.start.hint"));
    }

    private void count(PlansViewModel model) {
        int n = model.problems().size();
        String none =
                words.say(
                        model.selected().get() == null ? "plans.noneSelected" : "plans.noProblem");
        noProblem.setText(none);
        problemsTitle.setText(n == 0 ? none : words.say("plans.problemCount", n));
    }

    private void describe(@Nullable Plan plan) {
        facts.setText(
                plan == null
                        ? ""
                        : words.say(
                                "plans.facts",
                                plan.name(),
                                plan.description(),
                                plan.source(),
                                plan.target(),
                                String.join(", ", plan.steps())));
    }

    private void jump(@Nullable PlanProblem problem) {
        if (problem != null && problem.line() > 0 && problem.line() <= text.getItems().size()) {
            text.getSelectionModel().select(problem.line() - 1);
            text.scrollTo(Math.max(0, problem.line() - 4));
        }
    }
}
