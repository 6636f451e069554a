package dev.slipway.console.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Page;
import dev.slipway.api.access.Role;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobLine;
import dev.slipway.client.BackendClient.TokenSource;
import dev.slipway.client.JobQuery;
import dev.slipway.client.offline.Jobs;
import dev.slipway.client.offline.Resume;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.Keys;
import dev.slipway.testing.MuchData;
import dev.slipway.testing.ScriptedBackend;

import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

class QueuesScreenTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:04:05Z");
    private final List<Job> jobs = new MuchData(NOW).jobs(10_000);

    @TempDir Path folder;
    private ScriptedBackend backend;
    private ConsoleHarness console;
    private Keys keys;

    @BeforeEach
    void open() throws Exception {
        backend = new ScriptedBackend();
        console =
                ConsoleHarness.open(
                        folder, backend.url(), TokenSource.NONE, InstantSource.fixed(NOW));
        console.store().replace(new Resume("e", "1"), new MuchData(NOW).basics());
        console.store()
                .load(Jobs.matching(JobQuery.ALL), true, () -> new Page<>(jobs, "c2", 1_000_000L));
        backend.answer("GET /api/v1/jobs", 200, new Page<>(jobs.subList(0, 200), "c2", 1_000_000L));
        backend.answer(
                "GET /api/v1/jobs/job-100000/log",
                200,
                List.of(new JobLine(1, NOW, 1, "ERROR", "550 5.1.1 no such user")));
        keys = new Keys(console.stage().getScene());
    }

    @AfterEach
    void close() throws Exception {
        console.close();
        backend.close();
    }

    @Test
    void tenThousandJobsMakeOnlyTheRowsThatAreSeen() throws Exception {
        console.offline(Duration.ofSeconds(42));
        console.show(Screen.QUEUES);
        console.await(() -> table().getItems().size() == 10_000);
        console.settle();

        assertThat(ConsoleHarness.onUi(() -> table().lookupAll(".table-row-cell").size()))
                .isBetween(1, 80);
        assertThat(label("#extent")).startsWith("10,000 of 1,000,000 kept");
        assertThat(button("retry").isDisabled()).isTrue();
        assertThat(button("more").isDisabled()).isTrue();
    }

    @Test
    void aDeadJobIsLookedAtAndRetriedByKeyboard() throws Exception {
        backend.answer("POST /api/v1/jobs/job-100000/retry", 200, jobs.getFirst());
        console.online(Role.OPERATOR);
        console.show(Screen.QUEUES);
        console.await(() -> table().getItems().size() == 200);

        keys.tabTo("table").press(KeyCode.HOME);
        console.await(() -> label("#jobSubject").contains("Atelier 0"));
        console.await(() -> log().getItems().size() == 1);
        keys.press(KeyCode.R, KeyCode.CONTROL);
        console.await(() -> backend.commands().stream().anyMatch(c -> c.contains("/retry")));
        console.await(() -> !console.wiring().context().notices().all().isEmpty());
        assertThat(backend.commands().getFirst()).startsWith("POST /api/v1/jobs/job-100000/retry");
    }

    @Test
    void aDiscardAsksForAReason() throws Exception {
        backend.answer("POST /api/v1/jobs/job-100000/discard", 200, jobs.getFirst());
        console.online(Role.ONCALL);
        console.show(Screen.QUEUES);
        console.await(() -> table().getItems().size() == 200);
        keys.tabTo("table").press(KeyCode.HOME);
        console.await(() -> !button("discard").isDisabled());
        keys.press(KeyCode.DELETE);
        console.await(() -> dialog().isPresent());

        var inDialog = new Keys(dialog().orElseThrow());
        assertThat(dialog().orElseThrow().lookup("#confirm-act").isDisabled()).isTrue();
        inDialog.tabTo("confirm-reason").type("no such user");
        inDialog.tabTo("confirm-act").press(KeyCode.SPACE);
        console.await(() -> !backend.commands().isEmpty());
        assertThat(backend.commands())
                .containsExactly(
                        "POST /api/v1/jobs/job-100000/discard {\"reason\":\"no such user\"}");
    }

    private static Optional<Scene> dialog() {
        return Window.getWindows().stream()
                .map(Window::getScene)
                .filter(scene -> scene != null && scene.lookup("#confirm-act") != null)
                .findFirst();
    }

    private TableView<?> table() {
        return console.stage().getScene().lookup("#table") instanceof TableView<?> found
                ? found
                : new TableView<>();
    }

    private TableView<?> log() {
        return (TableView<?>) console.stage().getScene().lookup("#log");
    }

    private ButtonBase button(String id) {
        return (ButtonBase) console.stage().getScene().lookup("#" + id);
    }

    private String label(String selector) {
        return ((Label) console.stage().getScene().lookup(selector)).getText();
    }
}
