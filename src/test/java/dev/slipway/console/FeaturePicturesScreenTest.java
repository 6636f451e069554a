package dev.slipway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.api.events.Kind;
import dev.slipway.api.migration.RunSync;
import dev.slipway.api.migration.SyncState;
import dev.slipway.client.offline.Document;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.KeptData;
import dev.slipway.testing.MuchMigration;
import dev.slipway.testing.MuchWork;

import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Saves pictures of the features' screens for people to look at.
class FeaturePicturesScreenTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:04:05Z");
    private static final List<Screen> SCREENS =
            List.of(
                    Screen.QUEUES,
                    Screen.MIGRATION,
                    Screen.INVOICES,
                    Screen.LAUNCH,
                    Screen.AUDIT,
                    Screen.EXPORTS);

    @TempDir Path folder;

    @Test
    void ofNothingOfMuchAndOfALostBackend() throws Exception {
        try (var console = ConsoleHarness.open(folder, InstantSource.fixed(NOW))) {
            console.offline(Duration.ZERO);
            picture(console, "none", List.of(Screen.QUEUES, Screen.LAUNCH, Screen.EXPORTS));
            KeptData.much(console.store(), NOW);
            console.online(Role.ADMIN);
            console.show(Screen.QUEUES);
            console.settle();
            ConsoleHarness.run(() -> table(console, "#table").getSelectionModel().selectFirst());
            picture(console, "much", SCREENS);
            for (int tab = 1; tab < 4; tab++) {
                int chosen = tab;
                console.show(Screen.MIGRATION);
                ConsoleHarness.run(() -> tabs(console).getSelectionModel().select(chosen));
                console.settle();
                ConsoleHarness.run(
                        () ->
                                table(console, "#table")
                                        .getSelectionModel()
                                        .select(chosen == 3 ? 1 : 0));
                console.picture("migration-tab" + tab);
            }
            holds(console);
            sync(console);
            console.offline(Duration.ofSeconds(42));
            picture(
                    console,
                    "offline",
                    List.of(Screen.QUEUES, Screen.INVOICES, Screen.LAUNCH, Screen.EXPORTS));
        }
        assertThat(Files.exists(Path.of("target/pictures/queues-much-light-1280x800.png")))
                .isTrue();
    }

    /// The types of job, a job's attempts, and the question before a pause.
    private static void holds(ConsoleHarness console) throws Exception {
        console.show(Screen.QUEUES);
        ConsoleHarness.run(
                () -> {
                    tabs(console, "#queueTabs").getSelectionModel().select(1);
                    table(console, "#table").getSelectionModel().selectFirst();
                    tabs(console, "#jobTabs").getSelectionModel().select(1);
                    table(console, "#types").getSelectionModel().selectFirst();
                });
        console.settle();
        console.picture("queues-types");
        ConsoleHarness.run(() -> tabs(console, "#queueTabs").getSelectionModel().select(2));
        console.settle();
        console.picture("queues-costs");
        ConsoleHarness.run(
                () -> {
                    tabs(console, "#queueTabs").getSelectionModel().select(0);
                    table(console, "#queues").getSelectionModel().selectFirst();
                    table(console, "#table").getSelectionModel().clearAndSelect(1);
                });
        console.settle();
        console.picture("queues-paused");
        var away = new MuchWork(NOW).brokerAway();
        console.store().take("1", List.of(Document.of(Kind.JOB_BROKER, "broker", away)));
        console.settle();
        console.picture("queues-broker-away");
        console.store().take("1", List.of(new Document(Kind.JOB_BROKER, "broker", null)));
    }

    /// Of a run that is over: none yet, at work, held up, and what is kept without a backend.
    private static void sync(ConsoleHarness console) throws Exception {
        var migration = new MuchMigration(NOW);
        Document run = Document.of(Kind.RUN, MuchMigration.SYNCED, migration.synced());
        console.store().take("2", List.of(run, new Document(Kind.RUN, MuchMigration.RUN, null)));
        console.show(Screen.MIGRATION);
        ConsoleHarness.run(() -> tabs(console).getSelectionModel().select(4));
        console.picture("sync-none");
        kept(console, migration.sync(SyncState.CURRENT));
        console.picture("sync-current");
        picture(console, "ready", List.of(Screen.LAUNCH));
        kept(console, migration.sync(SyncState.FAILED));
        console.show(Screen.MIGRATION);
        ConsoleHarness.run(() -> tabs(console).getSelectionModel().select(4));
        console.picture("sync-failed");
        kept(console, migration.sync(SyncState.CURRENT, NOW.minusSeconds(43)));
        console.offline(Duration.ofSeconds(42));
        console.picture("sync-offline");
        console.online(Role.ADMIN);
    }

    private static void kept(ConsoleHarness console, RunSync sync) throws Exception {
        console.store().take("3", List.of(Document.of(Kind.SYNC, sync.runId(), sync)));
        console.settle();
    }

    private static void picture(ConsoleHarness console, String name, List<Screen> screens)
            throws Exception {
        for (Screen screen : screens) {
            console.show(screen);
            console.picture(screen.name().toLowerCase(java.util.Locale.ROOT) + "-" + name);
        }
    }

    private static TabPane tabs(ConsoleHarness console) {
        return tabs(console, "#tabs");
    }

    private static TabPane tabs(ConsoleHarness console, String selector) {
        return (TabPane) console.stage().getScene().lookup(selector);
    }

    private static TableView<?> table(ConsoleHarness console, String selector) {
        return console.stage().getScene().getRoot().lookupAll(selector).stream()
                .filter(node -> node.getScene() != null && shown(node))
                .map(TableView.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static boolean shown(javafx.scene.Node node) {
        for (javafx.scene.Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }
}
