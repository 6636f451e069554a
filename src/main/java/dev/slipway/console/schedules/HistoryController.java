package dev.slipway.console.schedules;

import dev.slipway.api.schedules.ScheduleVersion;
import dev.slipway.client.kept.Schedules;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Desk;
import dev.slipway.console.fx.LoadPane;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Columns;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.Open;
import dev.slipway.console.table.PagedViewModel;
import dev.slipway.console.table.Selection;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

import java.util.Comparator;
import java.util.List;

/// The changes of the selected schedule, and the way back to each.
public final class HistoryController {
    private final Desk desk;
    private final OfflineStore store;
    private final Commander loader;
    private final PagedViewModel<ScheduleVersion> paged;
    private final Open open = new Open();
    private String shown = "";

    @FXML private LoadPane historyPane;
    @FXML private TableView<ScheduleVersion> history;
    @FXML private TableColumn<ScheduleVersion, ScheduleVersion> versionAt;
    @FXML private TableColumn<ScheduleVersion, ScheduleVersion> versionBy;
    @FXML private TableColumn<ScheduleVersion, ScheduleVersion> versionChange;
    @FXML private TableColumn<ScheduleVersion, ScheduleVersion> versionReason;
    @FXML private Button restore;

    public HistoryController(ScreenContext context) {
        desk = Desk.of(context);
        store = context.store();
        loader = desk.loader();
        paged = new PagedViewModel<>(ScheduleVersion::version, desk.words());
    }

    void use(SchedulesViewModel model) {
        Columns.ordered(
                versionAt,
                row -> Figures.moment(row.at(), desk.context().clock().instant()),
                Comparator.comparing(ScheduleVersion::at));
        Columns.text(versionBy, ScheduleVersion::by);
        Columns.text(versionChange, ScheduleVersion::change);
        Columns.text(versionReason, ScheduleVersion::reason);
        Columns.fill(history);
        Selection.keep(
                history,
                paged.items(),
                ScheduleVersion::version,
                chosen ->
                        model.restoring()
                                .version()
                                .set(chosen.isEmpty() ? null : chosen.getFirst()));
        historyPane.stateProperty().bind(paged.state().map(HistoryController::items));
        historyPane.setClock(desk.context().clock());
        Buttons.join(restore, model.restoring().gate(), desk.words().say("schedules.restore.hint"));
        restore.setOnAction(_ -> model.restoring().restore());
        model.choice()
                .selected()
                .addListener(
                        (_, before, now) -> {
                            String name = now == null ? "" : now.name();
                            boolean changed =
                                    before != null
                                            && now != null
                                            && before.version() != now.version();
                            if (!name.equals(shown) || changed) {
                                show(name);
                            }
                        });
    }

    private static LoadState<?> items(LoadState<Listing<ScheduleVersion>> state) {
        return switch (state) {
            case LoadState.Ready(var data, var asOf) -> new LoadState.Ready<>(data.items(), asOf);
            case LoadState.Stale(var data, var since) -> new LoadState.Stale<>(data.items(), since);
            default -> state;
        };
    }

    /// @param name of the schedule, or empty
    void show(String name) {
        shown = name;
        open.close();
        if (name.isEmpty()) {
            paged.show(
                    new LoadState.Ready<>(
                            new Listing<>(List.of(), null, null),
                            desk.context().clock().instant()));
            return;
        }
        open.add(store.observe(Schedules.versions(name)).into(paged::show));
        if (desk.access().online()) {
            var calls = desk.context().client().schedules();
            loader.quietly(
                    () ->
                            store.load(
                                    Schedules.versions(name),
                                    true,
                                    () -> calls.versions(name, null)),
                    _ -> {});
        }
    }

    void hidden() {
        open.close();
    }

    void shown() {
        show(shown);
    }
}
