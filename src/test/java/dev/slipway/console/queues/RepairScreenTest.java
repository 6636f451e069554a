package dev.slipway.console.queues;

import static dev.slipway.testing.Workplace.NOW;
import static dev.slipway.testing.Workplace.closed;
import static dev.slipway.testing.Workplace.shows;
import static dev.slipway.testing.Workplace.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Paths;
import dev.slipway.api.access.Role;
import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.RepairState;
import dev.slipway.client.offline.Document;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.MuchData;
import dev.slipway.testing.Workplace;

import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// A hundred thousand failed jobs are repaired from the screen.
class RepairScreenTest {
    @TempDir Path folder;
    private Workplace place;
    private ConsoleHarness console;

    @BeforeEach
    void open() throws Exception {
        place = new Workplace(folder);
        console = place.console();
        place.keep(200);
        place.answer(200);
        console.online(Role.ONCALL);
        console.show(Screen.QUEUES);
        console.await(place::isShown);
    }

    @AfterEach
    void close() throws Exception {
        place.close();
    }

    private void has(RepairState state) throws Exception {
        var repair = new MuchData(NOW).work().repair(state);
        console.store().take("2", List.of(Document.of(Kind.REPAIR, repair.id(), repair)));
        place.breathe();
    }

    @Test
    void whatIsUnderWayIsShownWhoeverStartedIt() throws Exception {
        has(RepairState.RUNNING);
        console.await(() -> shows("repairHeadline"));

        assertThat(text("repairHeadline")).contains("11,400 of 100,000", "200");
        assertThat(text("repairDetail"))
                .contains("asked for by olga", "10,970 succeeded", "42 failed again");
        assertThat(closed("repairPause")).isFalse();
        assertThat(closed("repairStart")).isTrue();
        console.offline(Duration.ofSeconds(42));
        console.await(() -> closed("repairPause"));
        assertThat(text("repairHeadline")).contains("11,400 of 100,000");
    }

    @Test
    void countedWithOtherFiltersItMustBeCountedAgain() throws Exception {
        has(RepairState.COUNTED);
        place.keys().tabTo("allMatching").press(KeyCode.SPACE);
        console.await(() -> !closed("repairStart"));

        place.keys().tabTo("text").type("Atelier 7");

        console.await(() -> closed("repairStart"));
        assertThat(place.backend().commands()).isEmpty();
    }

    @Test
    void aWrongTimeIsSaidAndNothingIsSearched() throws Exception {
        place.keys().tabTo("failedFrom").type("tomorrow");
        console.await(() -> text("filterProblem").contains("tomorrow"));
        place.keys().press(KeyCode.ENTER);
        place.breathe();

        assertThat(place.backend().requests("GET", Paths.JOBS))
                .noneMatch(asked -> String.valueOf(asked.getTarget()).contains("from="));
        place.keys().press(KeyCode.A, KeyCode.CONTROL).type("2h");
        console.await(() -> !shows("filterProblem"));
        console.await(
                () ->
                        place.backend().requests("GET", Paths.JOBS).stream()
                                .anyMatch(
                                        asked ->
                                                String.valueOf(asked.getTarget())
                                                        .contains("from=2026-11-22T01")));
    }

    @Test
    void pictures() throws Exception {
        for (RepairState state :
                List.of(
                        RepairState.COUNTED,
                        RepairState.RUNNING,
                        RepairState.STOPPED,
                        RepairState.DONE)) {
            has(state);
            if (!ConsoleHarness.onUi(() -> shows("repairHeadline"))) {
                place.keys().tabTo("allMatching").press(KeyCode.SPACE);
            }
            console.await(() -> shows("repairHeadline"));
            console.settle();
            console.picture("repair-" + state.name().toLowerCase(Locale.ROOT));
        }
        console.offline(Duration.ofSeconds(42));
        console.picture("repair-offline");
    }
}
