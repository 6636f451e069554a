package dev.slipway.console.queues;

import dev.slipway.api.access.Role;
import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.TypeLimit;
import dev.slipway.api.queues.TypeStatus;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Rows;

import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The types of job: what holds them, and how many of each may run at once.
public final class TypesViewModel {
    private static final int MOST = 10_000;

    private final HoldCommands.Limit commands;
    private final Commander commander;
    private final Consumer<String> tell;
    private final InstantSource clock;
    private final Wording words;
    private final ObservableList<TypeRow> types = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<LoadState<List<TypeStatus>>> state =
            new ReadOnlyObjectWrapper<>(this, "state", new LoadState.Idle<>());
    private final SimpleObjectProperty<@Nullable TypeRow> selected =
            new SimpleObjectProperty<>(this, "selected", null);
    private final StringProperty most = new SimpleStringProperty(this, "most", "");
    private final Gate limitGate;
    private final PoolText pool;
    private List<Hold> holds = List.of();

    /// @param tell shows that it was done
    public TypesViewModel(
            HoldCommands.Limit commands,
            Commander commander,
            Consumer<String> tell,
            Access access,
            InstantSource clock,
            Wording words) {
        this.commands = commands;
        this.commander = commander;
        this.tell = tell;
        this.clock = clock;
        this.words = words;
        this.pool = new PoolText(words);
        this.limitGate =
                access.to(Role.OPERATOR, Role.ONCALL)
                        .also(commander.busy())
                        .also(Bindings.createStringBinding(this::whyNot, selected, most));
    }

    public void showTypes(LoadState<List<TypeStatus>> fresh) {
        state.set(fresh);
        List<TypeRow> rows =
                fresh.value().orElse(List.of()).stream()
                        .map(this::row)
                        .sorted(TypeRow.HELD_FIRST)
                        .toList();
        Rows.show(types, rows, row -> row.status().type());
    }

    public void showHolds(LoadState<List<Hold>> fresh) {
        holds = fresh.value().orElse(List.of());
        showTypes(state.get());
    }

    /// Brings ages up to date; called every second.
    public void tick() {
        showTypes(state.get());
    }

    private TypeRow row(TypeStatus type) {
        var now = clock.instant();
        Hold hold = HoldText.find(holds, HoldKind.TYPE, type.type(), now).orElse(null);
        return TypeRow.of(type, hold, now, words);
    }

    /// @param row what is selected, or null; another type brings its limit into the field
    public void select(@Nullable TypeRow row) {
        TypeRow before = selected.get();
        selected.set(row);
        boolean another =
                row == null
                        || before == null
                        || !before.status().type().equals(row.status().type());
        if (another) {
            Integer limit = row == null ? null : row.status().most();
            most.set(limit == null ? "" : limit.toString());
        }
    }

    /// Sets the limit that was typed; an empty field takes it away.
    public void limit() {
        TypeRow row = selected.get();
        if (row == null || !limitGate.open()) {
            return;
        }
        String type = row.status().type();
        Integer number = number().orElse(null);
        commander.give(
                () -> {
                    commands.set(type, new TypeLimit(number, ""));
                    return type;
                },
                _ ->
                        tell.accept(
                                number == null
                                        ? words.say("types.unlimited", type)
                                        : words.say("types.limited", type, number)));
    }

    private String whyNot() {
        if (selected.get() == null) {
            return words.say("types.none.selected");
        }
        boolean wrong = !most.get().isBlank() && number().isEmpty();
        return wrong ? words.say("types.wrong", MOST) : "";
    }

    private Optional<Integer> number() {
        try {
            int value = Integer.parseInt(most.get().strip());
            return value >= 1 && value <= MOST ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    public ObservableList<TypeRow> types() {
        return types;
    }

    public ReadOnlyObjectProperty<LoadState<List<TypeStatus>>> state() {
        return state.getReadOnlyProperty();
    }

    /// The workers that are started on demand.
    public PoolText pool() {
        return pool;
    }

    /// The limit as it is typed.
    public StringProperty most() {
        return most;
    }

    public Gate limitGate() {
        return limitGate;
    }
}
