package dev.slipway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Page;
import dev.slipway.api.access.Role;
import dev.slipway.api.events.Kind;
import dev.slipway.client.JobQuery;
import dev.slipway.client.QuarantineQuery;
import dev.slipway.client.ProblemException;
import dev.slipway.client.offline.Audit;
import dev.slipway.client.offline.Document;
import dev.slipway.client.offline.Invoices;
import dev.slipway.client.offline.Jobs;
import dev.slipway.client.offline.Migrations;
import dev.slipway.client.offline.Resume;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.MuchData;
import dev.slipway.testing.MuchInvoicing;
import dev.slipway.testing.MuchMigration;
import dev.slipway.testing.ShopData;

import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Saves pictures of the features' screens for people to look at.
class FeaturePicturesScreenTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:04:05Z");
    private static final List<Screen> SCREENS =
            List.of(Screen.QUEUES, Screen.MIGRATION, Screen.INVOICES, Screen.LAUNCH, Screen.AUDIT);

    @TempDir Path folder;

    @Test
    void ofNothingOfMuchAndOfALostBackend() throws Exception {
        try (var console = ConsoleHarness.open(folder, InstantSource.fixed(NOW))) {
            console.offline(Duration.ZERO);
            picture(console, "none", List.of(Screen.QUEUES, Screen.LAUNCH));
            fill(console);
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
            console.offline(Duration.ofSeconds(42));
            picture(console, "offline", List.of(Screen.QUEUES, Screen.INVOICES, Screen.LAUNCH));
        }
        assertThat(Files.exists(Path.of("target/pictures/queues-much-light-1280x800.png")))
                .isTrue();
    }

    private static void picture(ConsoleHarness console, String name, List<Screen> screens)
            throws Exception {
        for (Screen screen : screens) {
            console.show(screen);
            console.picture(screen.name().toLowerCase(java.util.Locale.ROOT) + "-" + name);
        }
    }

    private static void fill(ConsoleHarness console) throws ProblemException {
        var much = new MuchData(NOW);
        List<Document> all = new ArrayList<>(new ShopData(NOW).all());
        all.removeIf(d -> d.kind() == Kind.RUN || d.kind() == Kind.INVOICE_RUN);
        all.addAll(much.basics());
        console.store().replace(new Resume("e", "1"), all);
        var store = console.store();
        store.load(
                Jobs.matching(JobQuery.ALL),
                true,
                () -> new Page<>(much.work().jobs(200), "next", 1_000_000L));
        store.load(
                Migrations.quarantine(QuarantineQuery.all(MuchMigration.RUN)),
                true,
                () -> new Page<>(much.migration().quarantine(2_000), "next", 12_104L));
        store.load(
                Migrations.reasons(MuchMigration.RUN), true, () -> new Page<>(much.migration().reasons(), null, 4L));
        store.load(
                Invoices.pages(MuchInvoicing.RUN),
                true,
                () -> new Page<>(much.invoicing().invoices(2_000), null, 2_000L));
        store.load(Audit.pages(), true, () -> new Page<>(much.audit(300), "next", null));
    }

    private static TabPane tabs(ConsoleHarness console) {
        return (TabPane) console.stage().getScene().lookup("#tabs");
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
