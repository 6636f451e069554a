package dev.slipway.console.exports;

import dev.slipway.api.access.Role;
import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.api.tasks.ExportFormat;
import dev.slipway.api.tasks.ExportOf;
import dev.slipway.api.tasks.ExportState;
import dev.slipway.api.tasks.StartExport;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Confirmation;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Rows;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The exports there are, the one that is asked for, and what is done with the selected one.
public final class ExportsViewModel {
    static final Role[] EXPORTERS = {Role.FINANCE, Role.OPERATOR, Role.ONCALL};

    private final ExportCommands commands;
    private final Commander commander;
    private final Access access;
    private final InstantSource clock;
    private final Wording words;
    private final ObservableList<ExportRow> rows = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<LoadState<List<Export>>> state =
            new ReadOnlyObjectWrapper<>(this, "state", new LoadState.Idle<>());
    private final ObjectProperty<ExportOf> what =
            new SimpleObjectProperty<>(this, "what", ExportOf.ORDERS);
    private final ObjectProperty<ExportFormat> format =
            new SimpleObjectProperty<>(this, "format", ExportFormat.CSV);
    private final StringProperty from = new SimpleStringProperty(this, "from", "");
    private final StringProperty to = new SimpleStringProperty(this, "to", "");
    private final StringProperty vendor = new SimpleStringProperty(this, "vendor", "");
    private final ObjectProperty<@Nullable Export> selected =
            new SimpleObjectProperty<>(this, "selected", null);
    private final StringBinding outlook;
    private final Gate startGate;
    private final Gate cancelGate;
    private final Gate deleteGate;
    private final Gate saveGate;
    private List<Export> all = List.of();

    public ExportsViewModel(
            ExportCommands commands,
            Commander commander,
            DownloadViewModel download,
            Access access,
            InstantSource clock,
            Wording words) {
        this.commands = commands;
        this.commander = commander;
        this.access = access;
        this.clock = clock;
        this.words = words;
        Gate may = access.to(EXPORTERS).also(commander.busy());
        startGate = may.also(Bindings.createStringBinding(this::whyNotStart, from, to));
        outlook =
                Bindings.createStringBinding(
                        this::look, startGate.reason(), what, from, to, vendor);
        cancelGate = in(may, export -> export.state().open(), "exports.notOpen");
        deleteGate = in(may, export -> !export.state().open(), "exports.open");
        saveGate =
                in(may, export -> export.state() == ExportState.READY, "exports.notReady")
                        .on(
                                selected,
                                "",
                                export -> export.lost() ? words.say("exports.lostSave") : "")
                        .also(download.busy());
    }

    private Gate in(Gate may, Predicate<Export> can, String key) {
        return may.on(
                selected,
                words.say("exports.noneSelected"),
                export -> can.test(export) ? "" : words.say(key));
    }

    /// A text that is no date must not count as "all dates".
    private String whyNotStart() {
        for (StringProperty text : List.of(from, to)) {
            if (!text.get().isBlank() && date(text).isEmpty()) {
                return words.say("exports.noDate", text.get().strip());
            }
        }
        boolean upsideDown =
                date(from)
                        .flatMap(first -> date(to).map(last -> last.isBefore(first)))
                        .orElse(false);
        return upsideDown ? words.say("exports.upsideDown") : "";
    }

    private static Optional<LocalDate> date(StringProperty text) {
        try {
            return Optional.of(LocalDate.parse(text.get().strip()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /// What the form as it stands asks for, in words, and why it can't be sent.
    private String look() {
        String wrong = whyNotStart();
        return wrong.isEmpty() ? (described() + "\n" + startGate.reason().get()).strip() : wrong;
    }

    private String described() {
        return words.say(
                "exports.will",
                words.of("exportOf", what.get()),
                ExportRow.chosen(wanted().which(), words));
    }

    public void show(LoadState<List<Export>> fresh) {
        all = fresh.value().orElse(List.of());
        state.set(fresh);
        tick();
        Export before = selected.get();
        if (before != null) {
            selected.set(
                    all.stream()
                            .filter(export -> export.id().equals(before.id()))
                            .findFirst()
                            .orElse(null));
        }
    }

    /// Brings what is written of the time up to date.
    public void tick() {
        List<ExportRow> fresh =
                all.stream().map(export -> ExportRow.of(export, clock.instant(), words)).toList();
        Rows.show(rows, fresh, row -> row.export().id());
    }

    /// What is asked for with the form as it stands.
    StartExport wanted() {
        String key = vendor.get().strip();
        return new StartExport(
                what.get(),
                format.get(),
                ExportFilter.dates(
                        date(from).orElse(null),
                        date(to).orElse(null),
                        key.isEmpty() ? null : key));
    }

    public void start() {
        if (startGate.open()) {
            StartExport wanted = wanted();
            commander.give(() -> commands.start(wanted), _ -> {});
        }
    }

    public void cancel() {
        Export export = selected.get();
        if (export != null && cancelGate.open()) {
            commander.give(() -> commands.cancel(export.id()), _ -> {});
        }
    }

    public Optional<Confirmation> beforeDelete() {
        Export export = selected.get();
        return export == null || !deleteGate.open()
                ? Optional.empty()
                : Optional.of(
                        new Confirmation(
                                words.say("exports.delete.title", export.fileName()),
                                words.say("exports.delete.text"),
                                words.say("exports.delete.verb"),
                                access.place(),
                                false));
    }

    public void delete() {
        Export export = selected.get();
        if (export != null && deleteGate.open()) {
            commander.give(() -> commands.delete(export.id()), _ -> {});
        }
    }

    /// Why the form can't be sent, or what it asks for.
    public ObservableValue<String> outlook() {
        return outlook;
    }

    public ObservableList<ExportRow> rows() {
        return rows;
    }

    public ReadOnlyObjectProperty<LoadState<List<Export>>> state() {
        return state.getReadOnlyProperty();
    }

    public ObjectProperty<ExportOf> what() {
        return what;
    }

    public ObjectProperty<ExportFormat> format() {
        return format;
    }

    /// The first date as it is typed; empty for none.
    public StringProperty from() {
        return from;
    }

    /// The last date as it is typed; empty for none.
    public StringProperty to() {
        return to;
    }

    public StringProperty vendor() {
        return vendor;
    }

    public ObjectProperty<@Nullable Export> selected() {
        return selected;
    }

    public Gate startGate() {
        return startGate;
    }

    public Gate cancelGate() {
        return cancelGate;
    }

    public Gate deleteGate() {
        return deleteGate;
    }

    public Gate saveGate() {
        return saveGate;
    }
}
