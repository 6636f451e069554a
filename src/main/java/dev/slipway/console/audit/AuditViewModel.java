package dev.slipway.console.audit;

import dev.slipway.api.access.AuditEntry;
import dev.slipway.api.access.Role;
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

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// Who did what: the pages that were loaded together with what the live stream brings.
public final class AuditViewModel {
    private final Pages<String, AuditEntry> pages;
    private final Commander loader;
    private final InstantSource clock;
    private final Wording words;
    private final PagedViewModel<AuditEntry> paged;
    private final ObservableList<AuditRow> rows = FXCollections.observableArrayList();
    private final StringProperty text = new SimpleStringProperty(this, "text", "");
    private final BooleanProperty refusedOnly = new SimpleBooleanProperty(this, "refusedOnly");
    private final ReadOnlyStringWrapper extent = new ReadOnlyStringWrapper(this, "extent", "");
    private final Gate online;
    private final Gate moreGate;
    private List<AuditEntry> live = List.of();

    public AuditViewModel(
            Pages<String, AuditEntry> pages,
            Commander loader,
            Access access,
            InstantSource clock,
            Wording words) {
        this.pages = pages;
        this.loader = loader;
        this.clock = clock;
        this.words = words;
        this.paged = new PagedViewModel<>(AuditEntry::seq, words);
        this.online = access.to(Role.values());
        this.moreGate = online.also(loader.busy()).also(paged.noMore());
        text.addListener((_, _, _) -> filter());
        refusedOnly.addListener((_, _, _) -> filter());
    }

    public void show(LoadState<Listing<AuditEntry>> fresh) {
        paged.show(fresh);
        filter();
    }

    public void showLive(LoadState<List<AuditEntry>> fresh) {
        live = fresh.value().orElse(List.of());
        filter();
    }

    public void refresh() {
        if (online.open() && loader.busy().get().isEmpty()) {
            load(null);
        }
    }

    public void more() {
        if (moreGate.open()) {
            load(paged.next());
        }
    }

    private void load(@Nullable String cursor) {
        Callable<String> page =
                () -> {
                    pages.load("", cursor);
                    return "";
                };
        if (cursor == null) {
            loader.quietly(page, _ -> {});
        } else {
            loader.give(page, _ -> {});
        }
    }

    private void filter() {
        List<AuditEntry> all = all();
        List<AuditRow> fresh =
                all.stream()
                        .map(entry -> AuditRow.of(entry, clock.instant()))
                        .filter(row -> row.has(text.get()))
                        .filter(row -> !refusedOnly.get() || row.refused())
                        .toList();
        Rows.show(rows, fresh, row -> row.entry().seq());
        extent.set(
                words.say("audit.extent", Figures.count(fresh.size()), Figures.count(all.size())));
    }

    private List<AuditEntry> all() {
        Map<Long, AuditEntry> bySeq = new HashMap<>();
        paged.items().forEach(entry -> bySeq.put(entry.seq(), entry));
        live.forEach(entry -> bySeq.put(entry.seq(), entry));
        return bySeq.values().stream()
                .sorted(Comparator.comparingLong(AuditEntry::seq).reversed())
                .toList();
    }

    public PagedViewModel<AuditEntry> paged() {
        return paged;
    }

    public ObservableList<AuditRow> rows() {
        return rows;
    }

    public StringProperty text() {
        return text;
    }

    public BooleanProperty refusedOnly() {
        return refusedOnly;
    }

    /// How many of the loaded entries are shown.
    public ReadOnlyStringProperty extent() {
        return extent.getReadOnlyProperty();
    }

    /// Whether the backend can be asked.
    public Gate online() {
        return online;
    }

    public Gate moreGate() {
        return moreGate;
    }
}
