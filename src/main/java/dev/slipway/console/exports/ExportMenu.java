package dev.slipway.console.exports;

import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.api.tasks.ExportFormat;
import dev.slipway.api.tasks.ExportOf;
import dev.slipway.api.tasks.StartExport;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Gate;

import javafx.beans.value.ObservableValue;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;

import java.util.function.Supplier;

/// The button on other screens that exports what they show, in one of the formats.
public final class ExportMenu {
    private ExportMenu() {}

    /// @param whyNot empty, or why nothing can be exported now
    /// @param shown what the screen shows when a format is chosen
    public static void join(
            MenuButton button,
            Desk desk,
            Commander commander,
            ObservableValue<String> whyNot,
            ExportOf what,
            Supplier<ExportFilter> shown) {
        var words = desk.words();
        ExportCommands commands = ExportCommands.of(desk.context().client());
        Gate gate =
                desk.access().to(ExportsViewModel.EXPORTERS).also(commander.busy()).also(whyNot);
        for (ExportFormat format : ExportFormat.values()) {
            var item = new MenuItem(words.of("exportFormat", format));
            item.setOnAction(
                    _ -> {
                        var wanted = new StartExport(what, format, shown.get());
                        if (gate.open()) {
                            commander.give(
                                    () -> commands.start(wanted),
                                    export ->
                                            desk.context()
                                                    .notices()
                                                    .info(
                                                            words.say(
                                                                    "exports.begun",
                                                                    export.fileName())));
                        }
                    });
            button.getItems().add(item);
        }
        Buttons.join(button, gate, words.say("exports.menu.hint"));
    }
}
