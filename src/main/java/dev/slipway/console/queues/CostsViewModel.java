package dev.slipway.console.queues;

import dev.slipway.api.access.Role;
import dev.slipway.api.tasks.TypeCost;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.Rows;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// What the jobs of each type cost over the last days. It is added up when it is asked for, so it
/// is fetched while someone looks at it and not before.
public final class CostsViewModel {
    /// Today included.
    static final int DAYS = 7;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.UK);

    private final Load load;
    private final Commander loader;
    private final Wording words;
    private final Gate online;
    private boolean selected;
    private boolean shown;
    private final ObservableList<CostRow> rows = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper(this, "summary", "");
    private final ReadOnlyObjectWrapper<LoadState<List<TypeCost>>> state =
            new ReadOnlyObjectWrapper<>(this, "state", new LoadState.Idle<>());

    /// Fetches it and keeps it. Blocks.
    @FunctionalInterface
    public interface Load {
        Listing<TypeCost> load(int days) throws ProblemException;
    }

    /// @param loader for this alone
    public CostsViewModel(Load load, Commander loader, Access access, Wording words) {
        this.load = load;
        this.loader = loader;
        this.words = words;
        this.online = access.to(Role.values());
        online.reason().subscribe(_ -> refresh());
    }

    /// Whether its part of the screen is the open one.
    void selected(boolean now) {
        selected = now;
        refresh();
    }

    void shown() {
        shown = true;
        refresh();
    }

    /// Its part of the screen stays selected, and nobody looks at it.
    void hidden() {
        shown = false;
    }

    /// Fetches it anew, if someone looks at it, there is a backend and it is not on its way.
    public void refresh() {
        if (selected && shown && online.open() && loader.busy().get().isEmpty()) {
            loader.quietly(() -> load.load(DAYS), _ -> {});
        }
    }

    public void show(LoadState<Listing<TypeCost>> fresh) {
        LoadState<List<TypeCost>> costs = fresh.map(Listing::items);
        state.set(costs);
        List<TypeCost> days = costs.value().orElse(List.of());
        Rows.show(rows, CostRow.of(days, words), CostRow::type);
        summary.set(
                switch (costs) {
                    case LoadState.Ready<List<TypeCost>>(var data, var asOf) -> told(data, asOf);
                    case LoadState.Stale<List<TypeCost>>(var data, var since) -> told(data, since);
                    case LoadState.Idle<List<TypeCost>> _,
                            LoadState.Loading<List<TypeCost>> _,
                            LoadState.Failed<List<TypeCost>> _ ->
                            "";
                });
    }

    /// @param at when it was added up: its last day was that day
    private String told(List<TypeCost> days, Instant at) {
        if (days.isEmpty()) {
            return "";
        }
        LocalDate last = LocalDate.ofInstant(at, ZoneOffset.UTC);
        CostRow all = CostRow.of("", days, words);
        String told =
                words.say(
                        "costs.summary",
                        DAY.format(last.minusDays(DAYS - 1L)),
                        DAY.format(last),
                        Figures.count(all.jobs()),
                        all.cpu());
        return all.unknown() == 0
                ? told
                : told + " " + words.say("costs.unknown", Figures.count(all.unknown()));
    }

    public ObservableList<CostRow> rows() {
        return rows;
    }

    /// Over which days, and all types together; empty if there is nothing.
    public ReadOnlyStringProperty summary() {
        return summary.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<LoadState<List<TypeCost>>> state() {
        return state.getReadOnlyProperty();
    }
}
