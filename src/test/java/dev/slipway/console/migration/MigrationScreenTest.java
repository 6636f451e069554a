package dev.slipway.console.migration;

import static dev.slipway.testing.Workplace.NOW;
import static dev.slipway.testing.Workplace.closed;
import static dev.slipway.testing.Workplace.rows;
import static dev.slipway.testing.Workplace.shows;
import static dev.slipway.testing.Workplace.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.access.Role;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.Keys;
import dev.slipway.testing.MuchMigration;
import dev.slipway.testing.Workplace;

import javafx.scene.Node;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class MigrationScreenTest {
    private static final String QUARANTINE =
            "GET " + Paths.RUNS + "/" + MuchMigration.RUN + "/quarantine";

    @TempDir Path folder;
    private Workplace place;
    private ConsoleHarness console;
    private Keys keys;

    @BeforeEach
    void open() throws Exception {
        place = new Workplace(folder);
        console = place.console();
        keys = place.keys();
    }

    @AfterEach
    void close() throws Exception {
        place.close();
    }

    @Test
    void withoutARunItSaysWhatToDo() throws Exception {
        place.keep(List.of());
        console.online(Role.OPERATOR);
        console.show(Screen.MIGRATION);
        console.await(() -> Workplace.says("start one under Plans"));

        for (String button : List.of("pause", "resume", "cancel")) {
            assertThat(closed(button)).isTrue();
            assertThat(help(button)).contains("There is no run");
        }
        openTab(3);
        console.await(() -> Workplace.says("no plan in its folder"));
        assertThat(closed("start")).isTrue();
    }

    @Test
    void onlyWhatCanBeDoneToTheRunIsOpen() throws Exception {
        place.keep(60);
        place.answer(60);
        console.online(Role.OPERATOR);
        console.show(Screen.MIGRATION);
        console.await(() -> !closed("pause"));

        assertThat(closed("cancel")).isFalse();
        assertThat(closed("resume")).isTrue();
        assertThat(help("resume")).contains("this one is running");
        console.online(Role.FINANCE);
        console.await(() -> closed("pause"));
        assertThat(help("pause")).contains("Your role is finance");
    }

    @Test
    void aReasonsRowsAreSearchedAtTheBackend() throws Exception {
        place.keep(60);
        place.answer(60);
        var money =
                new MuchMigration(NOW)
                        .quarantine(60).stream().filter(r -> r.rule().equals("money")).toList();
        place.backend()
                .on(
                        "GET",
                        QUARANTINE.substring(4),
                        request ->
                                place.backend()
                                        .json(
                                                200,
                                                "money"
                                                                .equals(
                                                                        request.getUrl()
                                                                                .queryParameter(
                                                                                        "rule"))
                                                        ? new Page<>(money, null, 2_195L)
                                                        : new Page<Quarantined>(
                                                                List.of(), null, 0L)));
        console.online(Role.VIEWER);
        console.show(Screen.MIGRATION);
        openTab(1);
        console.await(() -> rows("reasons") == 4);

        keys.tabTo("reasons").press(KeyCode.HOME).press(KeyCode.DOWN);

        console.await(() -> rows("table") == money.size());
        assertThat(text("extent")).contains("of 2,195");
        keys.tabTo("table").press(KeyCode.HOME);
        console.await(() -> text("details").contains("12,3O"));
    }

    @Test
    void aRedCheckIsFollowedDownToItsCell() throws Exception {
        place.keep(60);
        console.offline(Duration.ofSeconds(42));
        console.show(Screen.MIGRATION);
        openTab(2);
        console.await(() -> text("verdict").contains("1 of 5 checks are RED"));

        keys.tabTo("redOnly").press(KeyCode.SPACE);
        console.await(() -> rows("table") == 1);
        keys.tabTo("table").press(KeyCode.HOME);
        console.await(() -> text("detail").contains("customer 18412 (source 18412), column email"));
        console.await(() -> rows("places") == 2);
    }

    @Test
    void whatIsWrongInAPlanStandsBesideItsLines() throws Exception {
        place.keep(60);
        console.online(Role.OPERATOR);
        console.show(Screen.MIGRATION);
        openTab(3);
        console.await(() -> rows("table") == 2);
        keys.tabTo("table").press(KeyCode.END);
        console.await(() -> rows("problems") == 3);

        assertThat(closed("start")).isTrue();
        assertThat(text("why")).contains("3 problems");
        keys.tabTo("problems").press(KeyCode.HOME);
        console.await(() -> Workplace.says("vendor_nmae"));
    }

    @Test
    void offlineTheKeptStandsThereAndNothingCanBeChanged() throws Exception {
        place.keep(60);
        console.offline(Duration.ofSeconds(42));
        console.show(Screen.MIGRATION);
        console.await(() -> rows("table") == 5);

        assertThat(text("figures")).contains("653,752");
        for (String button : List.of("pause", "resume", "cancel")) {
            assertThat(closed(button)).isTrue();
            assertThat(help(button)).contains("can't be reached");
        }
        openTab(1);
        console.await(() -> rows("table") == 60);
        assertThat(text("extent")).contains("60 of 12,104 kept");
    }

    @Test
    void tenThousandRowsInQuarantineMakeOnlyTheRowsThatAreSeen() throws Exception {
        place.keep(10_000);
        console.offline(Duration.ofSeconds(42));
        console.show(Screen.MIGRATION);
        openTab(1);
        console.await(() -> rows("table") == 10_000);
        console.settle();

        var table = place.see("table", TableView.class);
        assertThat(ConsoleHarness.onUi(() -> table.lookupAll(".table-row-cell").size()))
                .isBetween(1, 80);
    }

    /// Tabs change with the arrows, from whichever stands.
    private void openTab(int index) throws Exception {
        var tabs = place.see("tabs", TabPane.class);
        for (int i = 0; i < index; i++) {
            int wanted = i + 1;
            keys.tabTo("tabs").press(KeyCode.RIGHT);
            console.await(() -> tabs.getSelectionModel().getSelectedIndex() == wanted);
        }
    }

    private String help(String id) throws Exception {
        assertThat(shows(id)).isTrue();
        return String.valueOf(place.see(id, Node.class).getAccessibleHelp());
    }
}
