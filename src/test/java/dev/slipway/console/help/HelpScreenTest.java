package dev.slipway.console.help;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.console.ConsoleWiring;
import dev.slipway.console.fx.Theme;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.Legibility;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.text.Text;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The help as a person meets it; and that no page promises a key that the console does not have.
class HelpScreenTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Pattern KEY =
            Pattern.compile(
                    "`((?:Ctrl\\+|Shift\\+|Alt\\+)*(?:F\\d+|Esc|Enter|Delete|PgUp|PgDn|Home|End|[A-Z0-9,+-]))`");

    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init")
    private ConsoleHarness console;

    private final FxRobot robot = new FxRobot();

    @BeforeEach
    void open() throws Exception {
        console = ConsoleHarness.open(folder, InstantSource.fixed(NOW));
        console.online(Role.ADMIN);
    }

    @AfterEach
    void close() throws Exception {
        console.close();
    }

    @Test
    void f1OpensThePageOfTheScreenThatIsShown() throws Exception {
        for (Screen screen : Screen.values()) {
            console.show(screen);
            robot.push(KeyCode.F1);
            console.await(() -> title().startsWith(name(screen)));
            robot.push(KeyCode.ESCAPE);
            console.await(() -> !place().isVisible());
        }
    }

    @Test
    void typingSearchesAndTheArrowKeysChoose() throws Exception {
        console.show(Screen.OVERVIEW);
        robot.push(KeyCode.F1);
        console.await(() -> place().isVisible());
        TextField search = console.find("#search", TextField.class);
        console.await(search::isFocused);
        ConsoleHarness.run(() -> search.setText("quarantine"));
        ListView<?> pages = console.find("#pages", ListView.class);
        console.await(() -> pages.getItems().size() < HelpPages.names().size());
        console.await(() -> title().startsWith("Migration"));
        robot.push(KeyCode.DOWN);
        console.await(() -> !title().startsWith("Migration:"));
        ConsoleHarness.run(() -> search.setText("no page has this word: xyzzy"));
        console.await(() -> pages.getItems().isEmpty());
        robot.push(KeyCode.F1);
        console.await(() -> !place().isVisible());
    }

    @Test
    void aLinkLeadsToItsPage() throws Exception {
        console.show(Screen.LAUNCH);
        robot.push(KeyCode.F1);
        console.await(() -> title().startsWith("Launch:"));
        var link =
                (Hyperlink)
                        ConsoleHarness.onUi(
                                () -> content().lookupAll(".hyperlink").iterator().next());
        ConsoleHarness.run(link::fire);
        console.await(() -> title().startsWith("Launch night"));
    }

    @Test
    void everyPageIsLegible() throws Exception {
        console.show(Screen.LAUNCH);
        robot.push(KeyCode.F1);
        console.await(() -> place().isVisible());
        ListView<?> pages = console.find("#pages", ListView.class);
        Set<String> faults = new TreeSet<>();
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
            console.theme(theme);
            for (int i = 0; i < HelpPages.names().size(); i++) {
                int page = i;
                ConsoleHarness.run(() -> pages.getSelectionModel().select(page));
                ConsoleHarness.run(
                        () -> {
                            place().applyCss();
                            place().layout();
                            faults.addAll(Legibility.faults(place()));
                        });
            }
        }
        assertThat(faults).isEmpty();
        console.picture("help");
    }

    @Test
    void everyKeyThatAPageNamesExists() throws Exception {
        Set<String> keys = new HashSet<>();
        for (Screen screen : Screen.values()) {
            console.show(screen);
            ConsoleHarness.run(
                    () ->
                            console.stage().getScene().getAccelerators().keySet().stream()
                                    .map(HelpScreenTest::written)
                                    .forEach(keys::add));
        }
        assertThat(keys).contains("F1", "Ctrl+Shift+R", "Ctrl+9");
        // keys within one list stand in the hints of the buttons that do the same
        var texts = ConsoleWiring.texts();
        String hints =
                texts.keySet().stream()
                        .filter(key -> key.endsWith(".hint") || key.endsWith(".tip"))
                        .map(texts::getString)
                        .reduce("", (a, b) -> a + " " + b);
        // keys without a button: InvoicesScreenTest presses those of a PDF, SortingScreenTest S
        Set<String> withoutButton = Set.of("Home", "End", "0", "+", "-", "S");
        for (HelpPage page : HelpPages.load()) {
            var found = KEY.matcher(page.text());
            while (found.find()) {
                String key = found.group(1);
                assertThat(
                                keys.contains(key)
                                        || withoutButton.contains(key)
                                        || Pattern.compile("\\b" + Pattern.quote(key) + "\\b")
                                                .matcher(hints)
                                                .find())
                        .as("%s in %s.md", key, page.name())
                        .isTrue();
            }
        }
        HelpPage all =
                HelpPages.load().stream()
                        .filter(p -> p.name().equals("keys"))
                        .findFirst()
                        .orElseThrow();
        assertThat(keys)
                .filteredOn(key -> !key.matches("Ctrl\\+[2-8]"))
                .allSatisfy(key -> assertThat(all.text()).contains("`" + key + "`"));
    }

    private static String written(KeyCombination keys) {
        return keys.getName()
                .replace("Shortcut+", "Ctrl+")
                .replace("Shift+Ctrl+", "Ctrl+Shift+")
                .replace("Comma", ",");
    }

    private static String name(Screen screen) {
        return ConsoleWiring.texts().getString(screen.key());
    }

    private Parent place() {
        return (Parent) console.stage().getScene().lookup("#helpPlace");
    }

    private Parent content() {
        return (Parent) ((ScrollPane) place().lookup("#scroll")).getContent();
    }

    /// The title of the page that is read; empty while the help is closed.
    private String title() {
        if (!place().isVisible()) {
            return "";
        }
        Node first = content().getChildrenUnmodifiable().getFirst();
        var words = new StringBuilder();
        ((Parent) first)
                .getChildrenUnmodifiable()
                .forEach(node -> words.append(((Text) node).getText()));
        return words.toString();
    }
}
