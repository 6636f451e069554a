package dev.slipway.console.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.table.Columns;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.MuchSchedules;
import dev.slipway.testing.Screens;
import dev.slipway.testing.TestClock;

import javafx.scene.Scene;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/// The table of the next dates, while its countdowns go on.
class PlannedDatesScreenTest {
    private static final LocalDate TODAY = LocalDate.ofInstant(Screens.NOW, ZoneOffset.UTC);

    private final Screens screens = new Screens();
    private final TestClock clock = new TestClock(Screens.NOW);
    private final MuchSchedules data = new MuchSchedules(Screens.NOW);
    private final TableView<PlannedRow> table = new TableView<>();
    private final SchedulesViewModel model =
            new SchedulesViewModel(
                    nothingAsked(),
                    screens.commander,
                    screens.access,
                    clock,
                    screens.words,
                    _ -> {});

    private static ScheduleCommands nothingAsked() {
        return (ScheduleCommands)
                Proxy.newProxyInstance(
                        ScheduleCommands.class.getClassLoader(),
                        new Class<?>[] {ScheduleCommands.class},
                        (_, method, _) -> {
                            throw new AssertionError(method.getName());
                        });
    }

    @BeforeAll
    static void toolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    @BeforeEach
    void open() throws Exception {
        screens.online(Role.OPERATOR);
        var stage = FxToolkit.registerPrimaryStage();
        ConsoleHarness.run(
                () -> {
                    var in = new TableColumn<PlannedRow, PlannedRow>("in");
                    Columns.text(in, PlannedRow::in);
                    table.getColumns().setAll(List.of(in));
                    PlannedDates.choose(table, model);
                    stage.setScene(new Scene(table, 300, 300));
                    stage.show();
                    model.show(new LoadState.Ready<>(data.schedules(), Screens.NOW));
                    model.showRuns(new LoadState.Ready<>(data.runs(), Screens.NOW));
                    model.select(data.schedules().get(1));
                });
    }

    private void afterAMinute() throws Exception {
        String before = ConsoleHarness.onUi(() -> table.getItems().get(1).in());
        clock.forward(Duration.ofMinutes(1));
        ConsoleHarness.run(model::tick);
        assertThat(ConsoleHarness.onUi(() -> table.getItems().get(1).in())).isNotEqualTo(before);
    }

    @Test
    void aDateThatWasChosenElsewhereIsNotSetBack() throws Exception {
        ConsoleHarness.run(() -> table.getSelectionModel().select(1));
        assertThat(model.choice().date().get()).isEqualTo(TODAY.plusDays(1));
        ConsoleHarness.run(() -> model.choice().date().set(TODAY.plusDays(3)));
        afterAMinute();
        assertThat(model.choice().date().get()).isEqualTo(TODAY.plusDays(3));

        ConsoleHarness.run(() -> table.getSelectionModel().select(1));
        assertThat(model.choice().date().get()).isEqualTo(TODAY.plusDays(1));
    }

    @Test
    void theChosenRowStaysChosenAsItsCountdownGoesOn() throws Exception {
        ConsoleHarness.run(() -> table.getSelectionModel().select(1));
        afterAMinute();
        assertThat(model.choice().date().get()).isEqualTo(TODAY.plusDays(1));
        assertThat(ConsoleHarness.onUi(() -> table.getSelectionModel().getSelectedIndex()))
                .isEqualTo(1);
    }
}
