package dev.slipway.console.action;

import static dev.slipway.console.action.Action.on;
import static dev.slipway.console.shell.Screen.INVOICES;
import static dev.slipway.testing.Workplace.NOW;
import static dev.slipway.testing.Workplace.closed;
import static dev.slipway.testing.Workplace.rows;
import static dev.slipway.testing.Workplace.text;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.events.Kind;
import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.InvoiceRunState;
import dev.slipway.client.http.Json;
import dev.slipway.client.kept.Invoices;
import dev.slipway.client.offline.Document;
import dev.slipway.console.action.Action.Look;
import dev.slipway.console.action.Action.Step;
import dev.slipway.testing.MuchData;
import dev.slipway.testing.MuchInvoicing;
import dev.slipway.testing.Pdfs;
import dev.slipway.testing.Workplace;

import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What can be done on Invoices and in its preview.
final class InvoiceActions {
    private static final String RUN = Paths.INVOICE_RUNS + "/" + MuchInvoicing.RUN;
    private static final byte[] PDF = Pdfs.of("first page", "second page");

    private InvoiceActions() {}

    static List<Action> all() {
        var much = new MuchData(NOW);
        var run = much.invoicing().invoiceRun();
        Invoice sent = much.invoicing().invoices(2).getLast();
        Step secondRow = Steps.first("table").then(place -> place.keys().press(KeyCode.DOWN));
        Step pdf = InvoiceActions::keepsPdf;
        Step shown = pdf.then(Steps.first("table")).then(position("Page 1 of 2"));
        Step last = shown.then(p -> p.keys().tabTo("scroll").press(KeyCode.END));
        Step larger =
                shown.then(p -> p.keys().tabTo("zoomIn").press(KeyCode.SPACE).press(KeyCode.SPACE));
        Path file = Path.of("target", "saved-invoice.pdf");
        return List.of(
                on(INVOICES, "date")
                        .by("typing", InvoiceActions::dayBefore)
                        .shows(Steps.chosen("date", "2026-11-20")),
                on(INVOICES, "draft")
                        .given(InvoiceActions::dayBefore)
                        .commands("POST " + Paths.INVOICE_RUNS, run),
                on(INVOICES, "runs").by("S", Steps.sort("runs")).shows(Steps.sorted("runs")),
                on(INVOICES, "table").by("S", Steps.sort("table")).shows(Steps.sorted("table")),
                on(INVOICES, "runs").by("Home", Steps.first("runs")).shows(Steps.rowChosen("runs")),
                on(INVOICES, "release").asking().commands("POST " + RUN + "/release", run),
                on(INVOICES, "retry")
                        .given(InvoiceActions::releasing)
                        .commands("POST " + RUN + "/retry", run),
                on(INVOICES, "discard").asking().commands("POST " + RUN + "/discard", run),
                on(INVOICES, "search")
                        .by("typing", Steps.type("search", "Atelier 59"))
                        .shows(_ -> rows("table") == 1),
                on(INVOICES, "table")
                        .by("Home", Steps.first("table"))
                        .shows(Steps.rowChosen("table")),
                on(INVOICES, "resend")
                        .given(secondRow)
                        .asking()
                        .commands("POST /api/v1/invoices/" + sent.id() + "/resend", sent),
                on(INVOICES, "export")
                        .by("", Steps.menu("export"))
                        .commands("POST " + Paths.EXPORTS, ExportActions.some()),
                on(INVOICES, "next").given(shown).shows(Steps.holds("position", "2 of 2")),
                on(INVOICES, "previous").given(last).shows(Steps.holds("position", "1 of 2")),
                on(INVOICES, "scroll")
                        .given(shown)
                        .by(KeyCode.PAGE_DOWN)
                        .shows(Steps.holds("position", "2 of 2")),
                on(INVOICES, "scroll")
                        .given(last)
                        .by(KeyCode.PAGE_UP)
                        .shows(Steps.holds("position", "1 of 2")),
                on(INVOICES, "scroll")
                        .given(shown)
                        .by(KeyCode.END)
                        .shows(Steps.holds("position", "2 of 2")),
                on(INVOICES, "scroll")
                        .given(last)
                        .by(KeyCode.HOME)
                        .shows(Steps.holds("position", "1 of 2")),
                on(INVOICES, "zoomIn").given(shown).shows(zoom(1)),
                on(INVOICES, "zoomOut").given(larger).shows(zoom(-1)),
                on(INVOICES, "scroll").given(shown).by(KeyCode.PLUS).shows(zoom(1)),
                on(INVOICES, "scroll").given(larger).by(KeyCode.MINUS).shows(zoom(-1)),
                on(INVOICES, "scroll").given(larger).by(KeyCode.DIGIT0).shows(Steps.on("fit")),
                on(INVOICES, "fit").given(larger).shows(Steps.on("fit")),
                on(INVOICES, "save")
                        .given(shown.then(p -> choose(p, file)))
                        .shows(
                                _ ->
                                        Files.exists(file)
                                                && Pdfs.sha256(Files.readAllBytes(file))
                                                        .equals(Pdfs.sha256(PDF))),
                on(INVOICES, "copy")
                        .given(shown)
                        .shows(
                                _ ->
                                        Pdfs.sha256(PDF)
                                                .equals(
                                                        Clipboard.getSystemClipboard()
                                                                .getString())));
    }

    private static void dayBefore(Workplace place) throws Exception {
        place.keys().tabTo("date").press(KeyCode.A, KeyCode.CONTROL);
        place.keys().type("2026-11-20").press(KeyCode.ENTER);
    }

    /// Makes the run be in the middle of its release.
    private static void releasing(Workplace place) throws Exception {
        InvoiceRun run = new MuchInvoicing(NOW).invoiceRun();
        ObjectNode releasing = Json.mapper().valueToTree(run);
        releasing.put("state", InvoiceRunState.RELEASING.name());
        place.console()
                .store()
                .take("2", List.of(new Document(Kind.INVOICE_RUN, run.id(), releasing)));
        place.breathe();
    }

    private static void choose(Workplace place, Path file) throws Exception {
        Files.deleteIfExists(file);
        place.console().files().choose(file);
    }

    private static Step position(String text) {
        return place ->
                place.console().await(() -> text("position").equals(text) && !closed("next"));
    }

    /// That the page has become larger (1) or smaller (-1) than it was first.
    private static Look zoom(int way) {
        int[] before = {0};
        return _ -> {
            int now = Integer.parseInt(text("zoom").replaceAll("\\D", ""));
            if (before[0] == 0) {
                before[0] = now;
            }
            return Integer.signum(now - before[0]) == way;
        };
    }

    /// Keeps a PDF, and a first invoice that says that it is its own.
    private static void keepsPdf(Workplace place) throws Exception {
        place.console().store().keepPdf(Pdfs.sha256(PDF), PDF);
        List<Invoice> all =
                new MuchInvoicing(NOW)
                        .invoices(60).stream().map(invoice -> Pdfs.on(invoice, PDF)).toList();
        place.console()
                .store()
                .load(Invoices.pages(MuchInvoicing.RUN), true, () -> new Page<>(all, null, 2_000L));
        place.breathe();
    }
}
