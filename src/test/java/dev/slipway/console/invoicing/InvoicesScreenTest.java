package dev.slipway.console.invoicing;

import static dev.slipway.testing.Workplace.NOW;
import static dev.slipway.testing.Workplace.closed;
import static dev.slipway.testing.Workplace.rows;
import static dev.slipway.testing.Workplace.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Page;
import dev.slipway.api.access.Role;
import dev.slipway.api.invoicing.Invoice;
import dev.slipway.client.kept.Invoices;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.Keys;
import dev.slipway.testing.MuchData;
import dev.slipway.testing.MuchInvoicing;
import dev.slipway.testing.Pdfs;
import dev.slipway.testing.Workplace;

import javafx.scene.control.DialogPane;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class InvoicesScreenTest {
    private final byte[] pdf = Pdfs.of("Invoice, first page", "Invoice, second page");

    @TempDir Path folder;
    private Workplace place;
    private ConsoleHarness console;
    private Keys keys;

    @BeforeEach
    void open() throws Exception {
        place = new Workplace(folder);
        console = place.console();
        keys = place.keys();
        var much = new MuchData(NOW);
        place.keep(much.basics());
        List<Invoice> invoices =
                much.invoicing().invoices(2_000).stream().map(i -> Pdfs.on(i, pdf)).toList();
        console.store()
                .load(
                        Invoices.pages(MuchInvoicing.RUN),
                        true,
                        () -> new Page<>(invoices, null, 2_000L));
    }

    @AfterEach
    void close() throws Exception {
        place.close();
    }

    @Test
    void aPdfThatWasSeenOpensOfflineAndIsTurnedByKeyboard() throws Exception {
        console.store().keepPdf(Pdfs.sha256(pdf), pdf);
        console.offline(Duration.ofSeconds(42));
        console.show(Screen.INVOICES);
        console.await(() -> rows("table") == 2_000);

        keys.tabTo("table").press(KeyCode.HOME);
        console.await(() -> image() != null);
        assertThat(text("hash")).isEqualTo(Pdfs.sha256(pdf));
        assertThat(text("position")).isEqualTo("Page 1 of 2");

        keys.tabTo("scroll").press(KeyCode.PAGE_DOWN);
        console.await(() -> text("position").equals("Page 2 of 2"));
        console.await(this::sharp);
        ConsoleHarness.run(() -> console.stage().setWidth(1_600));
        console.await(() -> zoom() > 0.8 && sharp());
        console.picture("invoices-pdf");
        assertThat(closed("release")).isTrue();
        assertThat(text("why")).contains("can't be reached");
    }

    @Test
    void aPdfThatIsNotTheOneListedIsNotShown() throws Exception {
        console.online(Role.FINANCE);
        place.backend().answer("GET /api/v1/invoices/invoice-0/pdf", 200, "not the PDF");
        console.show(Screen.INVOICES);
        console.await(() -> rows("table") == 2_000);
        keys.tabTo("table").press(KeyCode.HOME);

        console.await(() -> text("messageText").contains("SHA-256"));
        assertThat(image()).isNull();
    }

    @Test
    void isReleasedByKeyboardAfterTheFiguresWereConfirmed() throws Exception {
        console.online(Role.FINANCE);
        place.backend()
                .answer(
                        "POST /api/v1/invoice-runs/" + MuchInvoicing.RUN + "/release",
                        200,
                        new MuchData(NOW).invoicing().invoiceRun());
        console.show(Screen.INVOICES);
        console.await(() -> !closed("release"));

        keys.tabTo("release").press(KeyCode.SPACE);
        place.asked();
        var dialog = place.see("confirm", DialogPane.class);
        assertThat(dialog.lookupAll(".label").stream().map(l -> ((Label) l).getText()))
                .anyMatch(text -> text.contains("219,221.98 EUR"))
                .anyMatch(text -> text.contains("Environment: sandbox"));
        keys.tabTo("confirm-act").press(KeyCode.SPACE);
        console.await(() -> !place.backend().commands().isEmpty());
        assertThat(place.backend().commands().getFirst())
                .startsWith("POST /api/v1/invoice-runs/" + MuchInvoicing.RUN + "/release");
    }

    @Test
    void enterAloneReleasesNothing() throws Exception {
        console.online(Role.FINANCE);
        console.show(Screen.INVOICES);
        console.await(() -> !closed("release"));
        keys.tabTo("release").press(KeyCode.SPACE);
        place.asked();

        keys.press(KeyCode.ENTER);
        console.settle();
        assertThat(place.backend().commands()).isEmpty();
    }

    @Test
    void twoThousandInvoicesMakeOnlyTheRowsThatAreSeen() throws Exception {
        console.online(Role.FINANCE);
        console.show(Screen.INVOICES);
        console.await(() -> rows("table") == 2_000);
        console.settle();
        var table = table();
        assertThat(ConsoleHarness.onUi(() -> table.lookupAll(".table-row-cell").size()))
                .isBetween(1, 80);

        keys.tabTo("search");
        long begun = System.nanoTime();
        keys.type("Atelier 1999");
        console.await(() -> rows("table") == 1);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
    }

    private TableView<?> table() throws Exception {
        return place.see("table", TableView.class);
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
        return Double.parseDouble(text("zoom").replace("%", "").strip()) / 100;
    }
}
