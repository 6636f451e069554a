package dev.slipway.console.migration;

import dev.slipway.api.access.Role;
import dev.slipway.api.migration.QuarantineReason;
import dev.slipway.api.migration.QuarantineState;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.client.calls.QuarantineQuery;
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
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Collectors;

/// The rows of a run that could not be converted, by reason. How many there are for each reason the
/// backend counts; the rows are searched there too.
public final class QuarantineViewModel {
    private final Pages<QuarantineQuery, Quarantined> pages;
    private final Pages<String, QuarantineReason> counts;
    private final Commander loader;
    private final Wording words;
    private final PagedViewModel<Quarantined> paged;
    private final ObservableList<QuarantineReason> reasons = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable QuarantineReason> reason =
            new SimpleObjectProperty<>(this, "reason", null);
    private final ReadOnlyObjectWrapper<QuarantineQuery> query =
            new ReadOnlyObjectWrapper<>(this, "query", QuarantineQuery.all(""));
    private final ObjectProperty<@Nullable Quarantined> selected =
            new SimpleObjectProperty<>(this, "selected", null);
    private final ReadOnlyStringWrapper details = new ReadOnlyStringWrapper(this, "details", "");
    private final ReadOnlyStringWrapper wanted = new ReadOnlyStringWrapper(this, "wanted", "");
    private final ObjectProperty<@Nullable QuarantineState> rowState =
            new SimpleObjectProperty<>(this, "rowState", null);
    private final StringProperty text = new SimpleStringProperty(this, "text", "");
    private final Gate online;
    private String plan = "";
    private final Gate moreGate;
    private long inRun;
    private boolean outdated;
    private boolean pagedOn;

    public QuarantineViewModel(
            Pages<QuarantineQuery, Quarantined> pages,
            Pages<String, QuarantineReason> counts,
            Commander loader,
            Access access,
            Wording words) {
        this.pages = pages;
        this.counts = counts;
        this.loader = loader;
        this.words = words;
        this.paged = new PagedViewModel<>(Quarantined::id, words);
        this.online = access.to(Role.values());
        this.moreGate = online.also(loader.busy()).also(paged.noMore());
        reason.addListener((_, _, chosen) -> ask(chosen));
        rowState.addListener((_, _, _) -> search());
        selected.addListener((_, _, row) -> show(row));
    }

    /// @param runId the run that is looked at, or empty
    /// @param quarantined how many rows it has put into quarantine so far
    public void lookAt(String runId, long quarantined) {
        boolean another = !runId.equals(query.get().runId());
        outdated |= another || quarantined != inRun;
        inRun = quarantined;
        if (another) {
            reasons.clear();
            reason.set(null);
            rowState.set(null);
            text.set("");
            ask(QuarantineQuery.all(runId));
        }
    }

    /// The text of the plan that the run goes by, as far as it is known here.
    public void plan(String yaml) {
        plan = yaml;
    }

    private void show(@Nullable Quarantined row) {
        details.set(row == null ? "" : describe(row));
        String excerpt = row == null ? "" : PlanExcerpt.of(plan, row.step(), row.column());
        wanted.set(row != null && excerpt.isEmpty() ? words.say("quarantine.noPlan") : excerpt);
    }

    /// Notes that something else than the number of rows may have changed.
    public void outdate() {
        outdated = true;
    }

    /// Fetches everything from the beginning.
    public void reload() {
        pagedOn = false;
        refresh();
    }

    /// Asks for the rows of the reason, state and text that are chosen.
    public void search() {
        ask(reason.get());
    }

    /// Fetches anew what has changed; called every two seconds.
    public void tick() {
        if (outdated) {
            refresh();
        }
    }

    /// Fetches the counts, and the first page unless someone has paged on: that would take the rows
    /// away from under their eyes.
    public void refresh() {
        QuarantineQuery asked = query.get();
        if (asked.runId().isEmpty() || !online.open() || !loader.busy().get().isEmpty()) {
            outdated = true;
            return;
        }
        outdated = false;
        boolean rows = !pagedOn;
        loader.quietly(
                () -> {
                    counts.load(asked.runId(), null);
                    if (rows) {
                        pages.load(asked, null);
                    }
                    return asked;
                },
                this::refreshIfChanged);
    }

    /// Another reason was chosen while its rows were on their way.
    private void refreshIfChanged(QuarantineQuery loaded) {
        if (!loaded.equals(query.get())) {
            refresh();
        }
    }

    public void show(LoadState<Listing<Quarantined>> fresh) {
        paged.show(fresh);
    }

    public void showReasons(LoadState<Listing<QuarantineReason>> fresh) {
        Rows.show(
                reasons, fresh.value().map(Listing::items).orElse(List.of()), QuarantineReason::id);
    }

    public void more() {
        if (moreGate.open()) {
            pagedOn = true;
            QuarantineQuery asked = query.get();
            String next = paged.next();
            loader.give(
                    () -> {
                        pages.load(asked, next);
                        return asked;
                    },
                    this::refreshIfChanged);
        }
    }

    private void ask(@Nullable QuarantineReason chosen) {
        String run = query.get().runId();
        String wantedText = text.get() == null ? "" : text.get().strip();
        ask(
                new QuarantineQuery(
                        run,
                        chosen == null ? null : chosen.step(),
                        chosen == null ? null : chosen.column(),
                        chosen == null ? null : chosen.rule(),
                        rowState.get(),
                        wantedText));
    }

    private void ask(QuarantineQuery another) {
        if (!another.equals(query.get())) {
            pagedOn = false;
            selected.set(null);
            paged.show(new LoadState.Idle<>());
            query.set(another);
            refresh();
        }
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
                raw,
                acted(row));
    }

    /// What became of it, and what counts instead of what it held.
    private String acted(Quarantined row) {
        String corrected =
                row.corrected().entrySet().stream()
                        .map(
                                cell ->
                                        words.say(
                                                "quarantine.corrected",
                                                cell.getKey(),
                                                quoted(cell.getValue())))
                        .collect(Collectors.joining("\n"));
        String by = row.actedBy();
        String state =
                by == null
                        ? ""
                        : words.say(
                                "quarantine.acted",
                                words.of("quarantineState", row.state()),
                                by,
                                String.valueOf(row.note()));
        return (corrected + "\n" + state).strip();
    }

    /// A raw value with its blanks visible; NULL is not an empty text.
    static String quoted(@Nullable String value) {
        return value == null ? "NULL" : "“" + value + "”";
    }

    public PagedViewModel<Quarantined> paged() {
        return paged;
    }

    public ObservableList<QuarantineReason> reasons() {
        return reasons;
    }

    /// The reason whose rows are shown, or null for all.
    public ObjectProperty<@Nullable QuarantineReason> reason() {
        return reason;
    }

    /// What is asked for, and so which list is to be observed.
    public ReadOnlyObjectProperty<QuarantineQuery> query() {
        return query.getReadOnlyProperty();
    }

    public ObjectProperty<@Nullable Quarantined> selected() {
        return selected;
    }

    /// The selected row whole, as it stands in the source.
    public ReadOnlyStringProperty details() {
        return details.getReadOnlyProperty();
    }

    /// What the plan says of the column that could not be made.
    public ReadOnlyStringProperty wanted() {
        return wanted.getReadOnlyProperty();
    }

    /// Only rows in this state, or null for all.
    public ObjectProperty<@Nullable QuarantineState> rowState() {
        return rowState;
    }

    /// What the rows must hold; asked for by [#search].
    public StringProperty text() {
        return text;
    }

    /// Whether the backend can be asked.
    public Gate online() {
        return online;
    }

    public Gate moreGate() {
        return moreGate;
    }
}
