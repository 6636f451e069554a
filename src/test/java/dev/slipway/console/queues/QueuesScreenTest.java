package dev.slipway.console.queues;

import static dev.slipway.testing.Workplace.NOW;
import static dev.slipway.testing.Workplace.closed;
import static dev.slipway.testing.Workplace.rows;
import static dev.slipway.testing.Workplace.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Page;
import dev.slipway.api.access.Role;
import dev.slipway.api.queues.Job;
import dev.slipway.client.calls.JobQuery;
import dev.slipway.client.kept.Jobs;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.MuchData;
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

class QueuesScreenTest {
    private final List<Job> jobs = new MuchData(NOW).work().jobs(10_000);

    @TempDir Path folder;
    private Workplace place;

    @BeforeEach
    void open() throws Exception {
        place = new Workplace(folder);
        place.keep(200);
        place.answer(200);
    }

    @AfterEach
    void close() throws Exception {
        place.close();
    }

    @Test
    void tenThousandJobsMakeOnlyTheRowsThatAreSeen() throws Exception {
        var console = place.console();
        console.store()
                .load(Jobs.matching(JobQuery.ALL), true, () -> new Page<>(jobs, "c2", 1_000_000L));
        console.offline(Duration.ofSeconds(42));
        console.show(Screen.QUEUES);
        console.await(() -> rows("table") == 10_000);
        console.settle();

        var table = place.see("table", TableView.class);
        assertThat(ConsoleHarness.onUi(() -> table.lookupAll(".table-row-cell").size()))
                .isBetween(1, 80);
        assertThat(text("extent")).startsWith("10,000 of 1,000,000 kept");
        assertThat(closed("retry")).isTrue();
        assertThat(closed("more")).isTrue();
    }

    @Test
    void theLogOfTheSelectedJobIsShown() throws Exception {
        var console = place.console();
        console.online(Role.OPERATOR);
        console.show(Screen.QUEUES);
        console.await(() -> rows("table") == 200);

        place.keys().tabTo("table").press(KeyCode.HOME);

        console.await(() -> text("jobSubject").contains("Atelier 0"));
        console.await(() -> rows("log") == 2_000);
    }

    @Test
    void aDiscardAsksForAReason() throws Exception {
        place.backend().answer("POST /api/v1/jobs/job-100000/discard", 200, jobs.getFirst());
        var console = place.console();
        console.online(Role.ONCALL);
        console.show(Screen.QUEUES);
        console.await(() -> rows("table") == 200);
        var keys = place.keys().tabTo("table").press(KeyCode.HOME);
        console.await(() -> !closed("discard"));
        keys.press(KeyCode.DELETE);
        place.asked();

        assertThat(closed("confirm-act")).isTrue();
        keys.tabTo("confirm-reason").type("no such user");
        keys.tabTo("confirm-act").press(KeyCode.SPACE);

        console.await(() -> !place.backend().commands().isEmpty());
        assertThat(place.backend().commands())
                .containsExactly(
                        "POST /api/v1/jobs/job-100000/discard {\"reason\":\"no such user\"}");
    }
}
