package dev.slipway.console.migration;

import dev.slipway.api.migration.Validation;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Rows;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.util.Comparator;
import java.util.List;

/// The validations of a run with both sides' figures, red first.
public final class ValidationsViewModel {
    private static final Comparator<Validation> RED_FIRST =
            Comparator.comparing(Validation::passed);

    private final Wording words;
    private final ObservableList<Validation> validations = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<LoadState<List<Validation>>> state =
            new ReadOnlyObjectWrapper<>(this, "state", new LoadState.Idle<>());
    private final BooleanProperty redOnly = new SimpleBooleanProperty(this, "redOnly");
    private final ReadOnlyLongWrapper red = new ReadOnlyLongWrapper(this, "red");
    private final ReadOnlyStringWrapper verdict = new ReadOnlyStringWrapper(this, "verdict", "");

    public ValidationsViewModel(Wording words) {
        this.words = words;
        redOnly.addListener((_, _, _) -> show(state.get()));
    }

    public void show(LoadState<List<Validation>> fresh) {
        state.set(fresh);
        List<Validation> all = fresh.value().orElse(List.of());
        long wrong = all.stream().filter(validation -> !validation.passed()).count();
        red.set(wrong);
        verdict.set(
                all.isEmpty()
                        ? words.say("validations.none")
                        : wrong == 0
                                ? words.say("validations.green", all.size())
                                : words.say("validations.red", wrong, all.size()));
        Rows.show(
                validations,
                all.stream().filter(v -> !redOnly.get() || !v.passed()).sorted(RED_FIRST).toList(),
                Validation::id);
    }

    public ObservableList<Validation> validations() {
        return validations;
    }

    public ReadOnlyObjectProperty<LoadState<List<Validation>>> state() {
        return state.getReadOnlyProperty();
    }

    public BooleanProperty redOnly() {
        return redOnly;
    }

    /// How many are red.
    public ReadOnlyLongProperty red() {
        return red.getReadOnlyProperty();
    }

    /// `2 of 14 checks are red`.
    public ReadOnlyStringProperty verdict() {
        return verdict.getReadOnlyProperty();
    }
}
