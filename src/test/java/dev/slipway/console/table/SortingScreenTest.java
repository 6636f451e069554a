package dev.slipway.console.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testing.ConsoleHarness;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Scene;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableColumn.SortType;
import javafx.scene.control.TableView;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;

import java.util.ArrayList;
import java.util.List;

/// A table that a person has sorted, while its rows change.
class SortingScreenTest {
    private record Queue(String name, int dead) {}

    private final ObservableList<Queue> live = FXCollections.observableArrayList();
    private final List<Queue> selected = new ArrayList<>();
    private final TableView<Queue> table = new TableView<>();
    private final TableColumn<Queue, Queue> dead = new TableColumn<>("dead");

    @BeforeEach
    void open() throws Exception {
        var stage = FxToolkit.registerPrimaryStage();
        ConsoleHarness.run(
                () -> {
                    Columns.figure(dead, row -> String.valueOf(row.dead()), Queue::dead);
                    table.getColumns().setAll(List.of(dead));
                    Selection.keep(
                            table,
                            live,
                            Queue::name,
                            rows -> {
                                selected.clear();
                                selected.addAll(rows);
                            });
                    stage.setScene(new Scene(table, 300, 300));
                    stage.show();
                    come(new Queue("mail", 2), new Queue("pdf", 9), new Queue("invoice", 5));
                });
    }

    private void come(Queue... fresh) {
        Rows.show(live, List.of(fresh), Queue::name);
    }

    private void sort(SortType way) {
        dead.setSortType(way);
        table.getSortOrder().setAll(List.of(dead));
    }

    private List<String> names() throws Exception {
        return ConsoleHarness.onUi(() -> table.getItems().stream().map(Queue::name).toList());
    }

    @Test
    void theOrderStandsWhileRowsChangeComeAndGo() throws Exception {
        ConsoleHarness.run(() -> sort(SortType.DESCENDING));
        assertThat(names()).containsExactly("pdf", "invoice", "mail");

        ConsoleHarness.run(
                () ->
                        come(
                                new Queue("mail", 12),
                                new Queue("pdf", 9),
                                new Queue("invoice", 1),
                                new Queue("sync", 10)));
        assertThat(names()).containsExactly("mail", "sync", "pdf", "invoice");

        ConsoleHarness.run(() -> come(new Queue("pdf", 0), new Queue("sync", 3)));
        assertThat(names()).containsExactly("sync", "pdf");
    }

    @Test
    void whatIsSelectedMovesWithItsRow() throws Exception {
        ConsoleHarness.run(
                () -> {
                    sort(SortType.ASCENDING);
                    table.getSelectionModel().select(0);
                });
        assertThat(selected).extracting(Queue::name).containsExactly("mail");

        ConsoleHarness.run(
                () ->
                        come(
                                new Queue("mail", 7),
                                new Queue("pdf", 9),
                                new Queue("invoice", 5),
                                new Queue("sync", 0)));

        assertThat(names()).containsExactly("sync", "invoice", "mail", "pdf");
        assertThat(selected).containsExactly(new Queue("mail", 7));
        assertThat(ConsoleHarness.onUi(() -> table.getSelectionModel().getSelectedIndex()))
                .isEqualTo(2);

        ConsoleHarness.run(() -> sort(SortType.DESCENDING));
        assertThat(selected).containsExactly(new Queue("mail", 7));
        assertThat(ConsoleHarness.onUi(() -> table.getSelectionModel().getSelectedIndex()))
                .isEqualTo(1);
    }

    @Test
    void withoutAWishTheFirstOrderStands() throws Exception {
        ConsoleHarness.run(() -> sort(SortType.ASCENDING));
        ConsoleHarness.run(() -> table.getSortOrder().clear());

        assertThat(names()).containsExactly("mail", "pdf", "invoice");
    }
}
