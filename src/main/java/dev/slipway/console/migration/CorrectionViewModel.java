package dev.slipway.console.migration;

import dev.slipway.api.migration.CorrectQuarantine;
import dev.slipway.api.migration.QuarantineActed;
import dev.slipway.api.migration.QuarantineState;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;

import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// Another raw value for a row in quarantine, or for every open row of its step that holds the
/// same.
public final class CorrectionViewModel {
    private final QuarantineCommands commands;
    private final ObservableList<Quarantined> chosen;
    private final Commander commander;
    private final Consumer<QuarantineActed> done;
    private final Wording words;
    private final ObservableList<String> columns = FXCollections.observableArrayList();
    private final StringProperty column = new SimpleStringProperty(this, "column", "");
    private final StringProperty value = new SimpleStringProperty(this, "value", "");
    private final BooleanProperty sameValue = new SimpleBooleanProperty(this, "sameValue");
    private final Gate gate;
    private String of = "";

    /// @param chosen the rows that a person chose
    /// @param may whether they may do anything now
    CorrectionViewModel(
            QuarantineCommands commands,
            ObservableList<Quarantined> chosen,
            Commander commander,
            Gate may,
            Consumer<QuarantineActed> done,
            Wording words) {
        this.commands = commands;
        this.chosen = chosen;
        this.commander = commander;
        this.done = done;
        this.words = words;
        this.gate = may.also(whyNot());
    }

    private ObservableValue<String> whyNot() {
        return Bindings.createStringBinding(
                () -> {
                    if (open().size() != 1) {
                        return words.say("workbench.oneOpen");
                    }
                    return Objects.requireNonNullElse(column.get(), "").isEmpty()
                            ? words.say("workbench.noColumn")
                            : "";
                },
                chosen,
                column);
    }

    private List<Quarantined> open() {
        return chosen.stream().filter(row -> row.state() == QuarantineState.OPEN).toList();
    }

    /// Other rows were chosen, or there is news of the same: then the column stays that a person
    /// may have chosen.
    void chosen() {
        Quarantined first = chosen.isEmpty() ? null : chosen.getFirst();
        String id = first == null ? "" : first.id();
        if (id.equals(of)) {
            return;
        }
        of = id;
        List<String> names =
                first == null ? List.of() : first.row().keySet().stream().sorted().toList();
        if (!names.equals(columns)) {
            columns.setAll(names);
        }
        column.set(first == null ? "" : blamed(first));
    }

    /// The source column that is to blame, as far as its value tells.
    private static String blamed(Quarantined row) {
        return row.row().entrySet().stream()
                .filter(cell -> Objects.equals(cell.getValue(), row.value()))
                .map(Map.Entry::getKey)
                .min(Comparator.comparing(name -> !name.equals(row.column())))
                .orElse("");
    }

    /// Gives the chosen row the other value.
    public void correct() {
        if (!gate.open()) {
            return;
        }
        Quarantined row = open().getFirst();
        String name = column.get();
        String now =
                row.corrected().containsKey(name) ? row.corrected().get(name) : row.row().get(name);
        var correction =
                new CorrectQuarantine(
                        row.step(), sameValue.get() ? null : row.key(), name, now, value.get());
        commander.give(() -> commands.correct(row.runId(), correction), done);
    }

    /// The source columns of the chosen row.
    public ObservableList<String> columns() {
        return columns;
    }

    /// The source column whose value is corrected.
    public StringProperty column() {
        return column;
    }

    /// The raw value that is to count instead.
    public StringProperty value() {
        return value;
    }

    /// Whether every open row of the step that holds the same is corrected.
    public BooleanProperty sameValue() {
        return sameValue;
    }

    public Gate gate() {
        return gate;
    }
}
