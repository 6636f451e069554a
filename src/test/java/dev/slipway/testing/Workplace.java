package dev.slipway.testing;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.client.BackendClient.TokenSource;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.Document;
import dev.slipway.client.offline.LoadState;
import dev.slipway.client.offline.Resume;
import dev.slipway.console.fx.LoadPane;
import dev.slipway.console.settings.Connection;
import dev.slipway.console.settings.Sandbox;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.stage.Stage;
import javafx.stage.Window;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The real console in its window, a keyboard before it, and a backend of which the test says what
/// it answers.
public final class Workplace implements AutoCloseable {
    public static final Instant NOW = Instant.parse("2026-11-22T03:04:05Z");

    private final FakeBackend backend = new FakeBackend();
    private final Keys keys = new Keys();
    private final List<String> sandbox = new CopyOnWriteArrayList<>();
    private final ConsoleHarness console;

    public Workplace(Path folder) throws Exception {
        console =
                ConsoleHarness.open(
                        folder,
                        backend.uri(),
                        TokenSource.NONE,
                        InstantSource.fixed(NOW),
                        Optional.of(new NotedSandbox(sandbox)));
    }

    public FakeBackend backend() {
        return backend;
    }

    public ConsoleHarness console() {
        return console;
    }

    /// What the sandbox was asked for.
    public List<String> sandbox() {
        return sandbox;
    }

    public Keys keys() {
        return keys;
    }

    /// Keeps these things and nothing else.
    public void keep(List<Document> documents) {
        console.store().replace(new Resume("e", "1"), documents);
    }

    /// Keeps what a bad night brings, and that many rows of each long list.
    public void keep(int rows) throws ProblemException {
        KeptData.rows(console.store(), NOW, rows);
    }

    /// Answers what the screens ask for by themselves with the same.
    public void answer(int rows) {
        var much = new MuchData(NOW);
        backend.answer("GET " + Paths.JOBS, 200, KeptData.jobs(much, rows));
        backend.answer("GET " + Paths.JOBS + "/job-100000/log", 200, KeptData.lines(much));
        backend.answer("GET " + Paths.JOBS + "/job-100000/attempts", 200, KeptData.attempts(much));
        backend.answer("GET " + Paths.JOB_COSTS, 200, much.work().costs());
        backend.answer("GET " + Paths.AUDIT, 200, KeptData.audit(much, rows));
        backend.answer("GET " + Paths.PLANS, 200, new Page<>(much.migration().plans(), null, 2L));
        String run = "GET " + Paths.RUNS + "/" + MuchMigration.RUN;
        backend.answer(run + "/chunks", 200, new Page<>(much.migration().chunks(50), null, 500L));
        backend.answer(run + "/quarantine", 200, KeptData.quarantine(much, rows));
        backend.answer(run + "/replays", 200, KeptData.replays(much));
        backend.answer(run + "/quarantine/reasons", 200, KeptData.reasons(much));
        var schedules = much.schedules();
        backend.answer(
                "GET " + Paths.SCHEDULES + "/" + MuchSchedules.WORST + "/versions",
                200,
                KeptData.versions(much));
        backend.answer("GET " + Paths.SCHEDULE_TASKS, 200, schedules.tasks());
        backend.answer("GET " + Paths.SCHEDULE_PREVIEW, 200, schedules.preview());
        backend.answer(
                "GET " + Paths.INVOICE_RUNS + "/" + MuchInvoicing.RUN + "/invoices",
                200,
                KeptData.invoices(much, rows));
        backend.answer(
                "GET " + Paths.PICTURE_RUNS + "/" + MuchPictures.RUN + "/pictures",
                200,
                KeptData.pictures(new MuchPictures(NOW), rows));
        new MuchBrokers(NOW).answer(backend, rows);
    }

    /// Whether all panes of the screen have read what is kept; on the UI thread.
    public boolean isShown() {
        Parent screen = (Parent) console.stage().getScene().lookup("#place");
        // split panes have no parts before they are laid out
        screen.applyCss();
        screen.layout();
        return screen.lookupAll(".load-pane").stream()
                .map(LoadPane.class::cast)
                .noneMatch(
                        pane ->
                                pane.getState() instanceof LoadState.Idle
                                        || pane.getState() instanceof LoadState.Loading);
    }

    /// Lets what was set off without being waited for happen.
    public void breathe() throws Exception {
        TimeUnit.MILLISECONDS.sleep(150);
        ConsoleHarness.run(() -> {});
    }

    /// The shown node of an id; fails if there is none.
    public <N extends Node> N see(String id, Class<N> type) throws Exception {
        return ConsoleHarness.onUi(
                () ->
                        type.cast(
                                find(id).orElseThrow(
                                                () ->
                                                        new AssertionError(
                                                                "no " + id + " is shown"))));
    }

    /// Whether a node of that id is shown; on the UI thread.
    public static boolean shows(String id) {
        return find(id).isPresent();
    }

    /// The text of a shown node, or empty; on the UI thread.
    public static String text(String id) {
        return find(id).map(
                        node ->
                                switch (node) {
                                    case Labeled label -> label.getText();
                                    case TextInputControl input -> input.getText();
                                    default -> "";
                                })
                .orElse("");
    }

    /// Whether these words stand in the window; on the UI thread.
    public static boolean says(String words) {
        return Window.getWindows().stream()
                .filter(window -> window instanceof Stage && window.isShowing())
                .flatMap(window -> window.getScene().getRoot().lookupAll(".label").stream())
                .anyMatch(
                        node ->
                                node instanceof Labeled label
                                        && shown(node)
                                        && String.valueOf(label.getText()).contains(words));
    }

    /// How many rows a shown table has, or none; on the UI thread.
    public static int rows(String id) {
        return find(id).map(node -> ((TableView<?>) node).getItems().size()).orElse(0);
    }

    /// Whether a shown node can't be used; on the UI thread.
    public static boolean closed(String id) {
        return find(id).map(Node::isDisabled).orElse(true);
    }

    /// Waits until a dialog asks for confirmation.
    public void asked() throws Exception {
        console.await(() -> shows("confirm-act"));
    }

    /// The notices of what went wrong, the newest first.
    public List<String> troubles() throws Exception {
        return console.troubles();
    }

    private static Optional<Node> find(String id) {
        List<Window> windows = new ArrayList<>(Window.getWindows());
        return windows.reversed().stream()
                .filter(window -> window instanceof Stage && window.isShowing())
                .flatMap(window -> window.getScene().getRoot().lookupAll("#" + id).stream())
                .filter(Workplace::shown)
                .findFirst();
    }

    private static boolean shown(Node node) {
        for (Parent up = node.getParent(); up != null; up = up.getParent()) {
            if (!up.isVisible()) {
                return false;
            }
        }
        return node.isVisible();
    }

    @Override
    public void close() throws Exception {
        console.close();
        backend.close();
    }

    private record NotedSandbox(List<String> asked) implements Sandbox {
        @Override
        public Connection connection() {
            return new Connection("sandbox", URI.create("http://127.0.0.1:9"), null);
        }

        @Override
        public CompletionStage<Void> start(Consumer<String> progress) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void stopBackend() {
            asked.add("stop");
        }

        @Override
        public void startBackend() {
            asked.add("start");
        }

        @Override
        public void visitors(double factor) {
            asked.add("visitors " + factor);
        }
    }
}
