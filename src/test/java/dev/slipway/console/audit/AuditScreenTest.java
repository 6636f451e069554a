package dev.slipway.console.audit;

import static dev.slipway.testing.Workplace.closed;
import static dev.slipway.testing.Workplace.rows;
import static dev.slipway.testing.Workplace.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.access.AuditEntry;
import dev.slipway.api.access.Role;
import dev.slipway.api.events.Kind;
import dev.slipway.client.offline.Document;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.Workplace;

import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class AuditScreenTest {
    @TempDir Path folder;
    private Workplace place;
    private ConsoleHarness console;

    @BeforeEach
    void open() throws Exception {
        place = new Workplace(folder);
        console = place.console();
    }

    @AfterEach
    void close() throws Exception {
        place.close();
    }

    @Test
    void nothingDoneIsSaid() throws Exception {
        place.keep(List.of());
        place.backend()
                .answer("GET " + Paths.AUDIT, 200, new Page<AuditEntry>(List.of(), null, null));
        console.online(Role.VIEWER);
        console.show(Screen.AUDIT);

        console.await(() -> Workplace.says("Nothing has been done yet"));
        assertThat(closed("more")).isTrue();
    }

    @Test
    void whatIsDoneMeanwhileComesByItself() throws Exception {
        place.keep(60);
        place.answer(60);
        console.online(Role.ADMIN);
        console.show(Screen.AUDIT);
        console.await(() -> rows("table") == 60);
        var fresh =
                new AuditEntry(
                        61, Workplace.NOW, "ines", "POST /x", "run-9", "too hot", 200, "ab12");

        console.store().take("2", List.of(Document.of(Kind.AUDIT, "61", fresh)));

        console.await(() -> rows("table") == 61);
        place.keys().tabTo("text").type("TOO HOT");
        console.await(() -> rows("table") == 1);
        assertThat(text("extent")).contains("1 of 61");
    }

    @Test
    void refusedAndSearchedEntriesAreFoundByKeyboard() throws Exception {
        place.keep(60);
        console.offline(Duration.ofSeconds(42));
        console.show(Screen.AUDIT);
        console.await(() -> rows("table") == 60);

        place.keys().tabTo("refused").press(KeyCode.SPACE);
        console.await(() -> rows("table") == 7);
        place.keys().tabTo("text").type("no such thing");
        console.await(() -> Workplace.says("No loaded entry matches"));
        assertThat(closed("more")).isTrue();
    }

    @Test
    void tenThousandEntriesMakeOnlyTheRowsThatAreSeen() throws Exception {
        place.keep(10_000);
        console.offline(Duration.ofSeconds(42));
        console.show(Screen.AUDIT);
        console.await(() -> rows("table") == 10_000);
        console.settle();

        var table = place.see("table", TableView.class);
        assertThat(ConsoleHarness.onUi(() -> table.lookupAll(".table-row-cell").size()))
                .isBetween(1, 80);
    }
}
