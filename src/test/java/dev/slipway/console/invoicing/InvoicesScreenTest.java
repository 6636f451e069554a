package dev.slipway.console.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Page;
import dev.slipway.api.access.Role;
import dev.slipway.api.events.Kind;
import dev.slipway.api.invoicing.Invoice;
import dev.slipway.client.BackendClient.TokenSource;
import dev.slipway.client.offline.Document;
import dev.slipway.client.offline.Invoices;
import dev.slipway.client.offline.Resume;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.Keys;
import dev.slipway.testing.MuchData;
import dev.slipway.testing.Pdfs;
import dev.slipway.testing.ScriptedBackend;

import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.ImageView;
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

class InvoicesScreenTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:04:05Z");
    private final byte[] pdf = Pdfs.of("Invoice, first page", "Invoice, second page");

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
        var much = new MuchData(NOW);
        List<Document> basics = much.basics();
        console.store().replace(new Resume("e", "1"), basics);
        List<Invoice> invoices = much.invoices(2_000).stream().map(this::withPdf).toList();
        console.store()
                .load(
                        Invoices.pages(MuchData.INVOICE_RUN),
                        true,
                        () -> new Page<>(invoices, null, 2_000L));
        keys = new Keys(console.stage().getScene());
        assertThat(basics).anyMatch(d -> d.kind() == Kind.INVOICE_RUN);
    }

    @AfterEach
    void close() throws Exception {
        console.close();
        backend.close();
    }

    @Test
    void aPdfThatWasSeenOpensOfflineAndIsTurnedByKeyboard() throws Exception {
        console.store().keepPdf(Pdfs.sha256(pdf), pdf);
        console.offline(Duration.ofSeconds(42));
        console.show(Screen.INVOICES);
        console.await(() -> table().getItems().size() == 2_000);

        ConsoleHarness.run(() -> table().requestFocus());
        keys.press(KeyCode.HOME);
        console.await(() -> image() != null);
        assertThat(text("#hash")).isEqualTo(Pdfs.sha256(pdf));
        assertThat(label("#position")).isEqualTo("Page 1 of 2");

        keys.tabTo("scroll").press(KeyCode.PAGE_DOWN);
        console.await(() -> label("#position").equals("Page 2 of 2"));
        console.await(this::sharp);
        ConsoleHarness.run(() -> console.stage().setWidth(1_600));
        console.await(() -> zoom() > 0.8 && sharp());
        console.picture("invoices-pdf");
        assertThat(button("release").isDisabled()).isTrue();
        assertThat(label("#why")).contains("can't be reached");
    }

    @Test
    void aPdfThatIsNotTheOneListedIsNotShown() throws Exception {
        console.online(Role.FINANCE);
        backend.answer("GET /api/v1/invoices/invoice-0/pdf", 200, "not the PDF");
        console.show(Screen.INVOICES);
        console.await(() -> table().getItems().size() == 2_000);
        ConsoleHarness.run(() -> table().getSelectionModel().selectFirst());

        console.await(() -> label("#messageText").contains("SHA-256"));
        assertThat(image()).isNull();
    }

    @Test
    void isReleasedByKeyboardAfterTheFiguresWereConfirmed() throws Exception {
        console.online(Role.FINANCE);
        backend.answer(
                "POST /api/v1/invoice-runs/" + MuchData.INVOICE_RUN + "/release",
                200,
                new MuchData(NOW).invoiceRun());
        console.show(Screen.INVOICES);
        console.await(() -> !button("release").isDisabled());

        keys.tabTo("release").press(KeyCode.SPACE);
        console.await(() -> dialog().isPresent());
        Scene asked = dialog().orElseThrow();
        assertThat(asked.getRoot().lookupAll(".label").stream().map(l -> ((Label) l).getText()))
                .anyMatch(text -> text.contains("219,221.98 EUR"))
                .anyMatch(text -> text.contains("Environment: sandbox"));
        new Keys(asked).tabTo("confirm-act").press(KeyCode.SPACE);
        console.await(() -> !backend.commands().isEmpty());
        assertThat(backend.commands().getFirst())
                .startsWith("POST /api/v1/invoice-runs/" + MuchData.INVOICE_RUN + "/release");
    }

    @Test
    void enterAloneReleasesNothing() throws Exception {
        console.online(Role.FINANCE);
        console.show(Screen.INVOICES);
        console.await(() -> !button("release").isDisabled());
        keys.tabTo("release").press(KeyCode.SPACE);
        console.await(() -> dialog().isPresent());

        new Keys(dialog().orElseThrow()).press(KeyCode.ENTER);
        console.settle();
        assertThat(backend.commands()).isEmpty();
    }

    @Test
    void twoThousandInvoicesMakeOnlyTheRowsThatAreSeen() throws Exception {
        console.online(Role.FINANCE);
        console.show(Screen.INVOICES);
        console.await(() -> table().getItems().size() == 2_000);
        console.settle();
        int rows = ConsoleHarness.onUi(() -> table().lookupAll(".table-row-cell").size());
        assertThat(rows).isBetween(1, 80);

        long begun = System.nanoTime();
        ConsoleHarness.run(() -> console.stage().getScene().lookup("#search").requestFocus());
        keys.type("Atelier 1999");
        console.await(() -> table().getItems().size() == 1);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
    }

    private Invoice withPdf(Invoice i) {
        return new Invoice(
                i.id(),
                i.runId(),
                i.businessDate(),
                i.number(),
                i.vendorKey(),
                i.vendorName(),
                i.email(),
                i.currency(),
                i.lines(),
                i.net(),
                i.tax(),
                i.gross(),
                i.dueDate(),
                i.draft(),
                Pdfs.sha256(pdf),
                pdf.length,
                i.mail(),
                i.mailReason(),
                i.sentAt());
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

    private javafx.scene.image.@org.jspecify.annotations.Nullable Image image() {
        return ((ImageView) console.stage().getScene().lookup("#image")).getImage();
    }

    private boolean sharp() {
        var picture = image();
        return picture != null
                && Math.abs(width() - 595 * zoom()) < 8
                && Math.abs(picture.getWidth() - width()) < 3;
    }

    private double width() {
        return ((ImageView) console.stage().getScene().lookup("#image")).getFitWidth();
    }

    private double zoom() {
        return Double.parseDouble(label("#zoom").replace("%", "").strip()) / 100;
    }

    private ButtonBase button(String id) {
        return (ButtonBase) console.stage().getScene().lookup("#" + id);
    }

    private String label(String selector) {
        return ((Label) console.stage().getScene().lookup(selector)).getText();
    }

    private String text(String selector) {
        return ((TextInputControl) console.stage().getScene().lookup(selector)).getText();
    }
}
