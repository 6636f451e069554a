package dev.slipway.console.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.client.http.Problem;
import dev.slipway.console.migration.ChunkMap;
import dev.slipway.console.schedules.RunCalendar;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.Workplace;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Control;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCombination;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Nothing can be done on a screen that the list of actions does not know.
class EveryControlScreenTest {
    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Screen.class)
    void isInTheListOfActions(Screen screen) throws Exception {
        try (var place = new Workplace(folder)) {
            var console = place.console();
            place.keep(20);
            console.online(Role.ADMIN);
            console.show(screen);
            console.await(place::isShown);
            ConsoleHarness.run(
                    () ->
                            console.wiring()
                                    .context()
                                    .notices()
                                    .show(new Problem.Offline("The line is cut.")));
            Set<String> found = new TreeSet<>();
            ConsoleHarness.run(() -> collect(console.wiring().root(), found));
            Set<String> chords = new TreeSet<>();
            ConsoleHarness.run(
                    () ->
                            console.stage().getScene().getAccelerators().keySet().stream()
                                    .map(KeyCombination::getDisplayText)
                                    .map(keys -> keys.replace("↵", "Enter"))
                                    .map(keys -> keys.replace("Escape", "Esc"))
                                    .forEach(chords::add));

            List<Action> here =
                    Stream.concat(
                                    ShellActions.all().stream(),
                                    Actions.all().filter(action -> action.screen() == screen))
                            .toList();
            Set<String> known = here.stream().map(Action::id).collect(Collectors.toSet());
            assertThat(found).isNotEmpty().isSubsetOf(known);
            Set<String> ways = here.stream().map(Action::how).collect(Collectors.toSet());
            assertThat(chords).isNotEmpty().isSubsetOf(ways);
        }
    }

    /// Also what is hidden now.
    private static void collect(Node node, Set<String> ids) {
        if (acts(node)) {
            ids.add(node.getId() == null ? "without an id: " + node : node.getId());
        }
        parts(node).forEach(part -> collect(part, ids));
    }

    private static boolean acts(Node node) {
        return switch (node) {
            case ButtonBase _, ComboBoxBase<?> _, Slider _, ListView<?> _, TabPane _ -> true;
            case TextInputControl text -> text.isEditable();
            case TableView<?> table -> table.isFocusTraversable();
            case ChunkMap _, RunCalendar _ -> true;
            default -> false;
        };
    }

    private static Stream<? extends Node> parts(Node node) {
        return switch (node) {
            case ScrollPane pane -> Stream.ofNullable(pane.getContent());
            case SplitPane pane -> pane.getItems().stream();
            case TabPane pane -> pane.getTabs().stream().map(tab -> tab.getContent());
            case Control _ -> Stream.of();
            case Parent parent -> List.copyOf(parent.getChildrenUnmodifiable()).stream();
            default -> Stream.of();
        };
    }
}
