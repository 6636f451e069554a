package dev.slipway.console.table;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class RowsTest {
    private record Row(int id, String text) {}

    @RepeatedTest(200)
    void showsExactlyWhatIsFreshWhateverWasThere(RepetitionInfo info) {
        var random = new Random(info.getCurrentRepetition());
        ObservableList<Row> shown = FXCollections.observableArrayList(some(random));
        List<Row> fresh = some(random);
        Rows.show(shown, fresh, Row::id);
        assertThat(shown).isEqualTo(fresh);
    }

    @Test
    void oneRowThatChangedIsOneChangeAtItsPlace() {
        ObservableList<Row> shown =
                FXCollections.observableArrayList(
                        new Row(1, "a"), new Row(2, "b"), new Row(3, "c"));
        List<String> changes = new ArrayList<>();
        shown.addListener(
                (ListChangeListener<Row>)
                        change -> {
                            while (change.next()) {
                                changes.add(change.getFrom() + "-" + change.getTo());
                            }
                        });
        Rows.show(shown, List.of(new Row(1, "a"), new Row(2, "B"), new Row(3, "c")), Row::id);
        Rows.show(
                shown,
                List.of(new Row(0, "new"), new Row(1, "a"), new Row(2, "B"), new Row(3, "c")),
                Row::id);
        assertThat(changes).containsExactly("1-2", "0-1");
    }

    private static List<Row> some(Random random) {
        List<Row> rows = new ArrayList<>();
        for (int i = random.nextInt(4); i < 4 + random.nextInt(80); i += 1 + random.nextInt(3)) {
            rows.add(new Row(i, "t" + random.nextInt(2)));
        }
        return rows;
    }
}
