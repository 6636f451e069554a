package dev.slipway.console.migration;

import dev.slipway.api.access.Role;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.PagedViewModel;
import dev.slipway.console.table.Pages;
import dev.slipway.console.table.Rows;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.util.stream.Collectors;

/// The rows of a run that could not be converted, by reason.
public final class QuarantineViewModel {
    /// That many rows are fetched without being asked for, so that the counts by reason are whole
    /// for all but the dirtiest sources.
    private static final int WHOLE = 2_000;

    private final Pages<String, Quarantined> pages;
    private final Commander loader;
    private final Wording words;
    private final PagedViewModel<Quarantined> paged;
    private final ObservableList<ReasonRow> reasons = FXCollections.observableArrayList();
    private final ObservableList<Quarantined> rows = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable ReasonRow> reason =
            new SimpleObjectProperty<>(this, "reason", null);
    private final ObjectProperty<@Nullable Quarantined> selected =
            new SimpleObjectProperty<>(this, "selected", null);
    private final ReadOnlyStringWrapper details = new ReadOnlyStringWrapper(this, "details", "");
    private final ReadOnlyStringWrapper run = new ReadOnlyStringWrapper(this, "run", "");
    private final Gate online;
    private final Gate moreGate;
    private long inRun;

    public QuarantineViewModel(
            Pages<String, Quarantined> pages, Commander loader, Access access, Wording words) {
        this.pages = pages;
        this.loader = loader;
        this.words = words;
        this.paged = new PagedViewModel<>(Quarantined::id, words);
        this.online = access.to(Role.values());
        this.moreGate = online.also(loader.busy()).also(paged.noMore());
        reason.addListener((_, _, _) -> filter());
        selected.addListener((_, _, row) -> details.set(row == null ? "" : describe(row)));
    }

    /// @param runId the run that is looked at, or empty
    /// @param quarantined how many rows it has put into quarantine so far
    public void lookAt(String runId, long quarantined) {
        boolean another = !runId.equals(run.get());
        if (another) {
            reason.set(null);
            selected.set(null);
            paged.show(new LoadState.Idle<>());
            run.set(runId);
        }
        if (another || quarantined != inRun) {
            inRun = quarantined;
            refresh();
        }
    }

    /// Loads the first page again when there may be more than is shown.
    public void refresh() {
        if (inRun > paged.items().size() && online.open() && loader.busy().get().isEmpty()) {
            load(paged.next());
        }
    }

    public void show(LoadState<Listing<Quarantined>> fresh) {
        paged.show(fresh);
        Rows.show(reasons, ReasonRow.of(paged.items()), ReasonRow.key());
        filter();
    }

    public void more() {
        if (moreGate.open()) {
            load(paged.next());
        }
    }

    private void load(@Nullable String cursor) {
        String asked = run.get();
        if (asked.isEmpty()) {
            return;
        }
        loader.give(
                () -> {
                    pages.load(asked, cursor);
                    return asked;
                },
                _ -> loadOn());
    }

    private void loadOn() {
        if (paged.next() != null && paged.items().size() < WHOLE) {
            more();
        }
    }

    private void filter() {
        ReasonRow only = reason.get();
        Rows.show(
                rows,
                paged.items().stream().filter(row -> only == null || only.holds(row)).toList(),
                Quarantined::id);
    }

    private String describe(Quarantined row) {
        String raw =
                row.row().entrySet().stream()
                        .map(cell -> cell.getKey() + " = " + quoted(cell.getValue()))
                        .collect(Collectors.joining("\n"));
        return words.say(
                "quarantine.details",
                row.step(),
                row.key(),
                Figures.count(row.chunk()),
                row.column().isEmpty() ? words.say("quarantine.wholeRow") : row.column(),
                row.rule(),
                row.reason(),
                raw);
    }

    /// A raw value with its blanks visible; NULL is not an empty text.
    static String quoted(@Nullable String value) {
        return value == null ? "NULL" : "“" + value + "”";
    }

    public PagedViewModel<Quarantined> paged() {
        return paged;
    }

    public ObservableList<ReasonRow> reasons() {
        return reasons;
    }

    /// The rows of the chosen reason, or all.
    public ObservableList<Quarantined> rows() {
        return rows;
    }

    public ObjectProperty<@Nullable ReasonRow> reason() {
        return reason;
    }

    public ObjectProperty<@Nullable Quarantined> selected() {
        return selected;
    }

    /// The selected row whole, as it stands in the source.
    public ReadOnlyStringProperty details() {
        return details.getReadOnlyProperty();
    }

    /// The run whose list is to be observed, or empty.
    public ReadOnlyStringProperty run() {
        return run.getReadOnlyProperty();
    }

    public Gate moreGate() {
        return moreGate;
    }
}
