package dev.slipway.tour;

import static javafx.scene.input.KeyCode.CONTROL;
import static javafx.scene.input.KeyCode.DIGIT5;
import static javafx.scene.input.KeyCode.ENTER;
import static javafx.scene.input.KeyCode.HOME;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.slipway.api.Page;
import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.InvoiceRunState;
import dev.slipway.api.invoicing.MailState;

import org.jspecify.annotations.Nullable;

import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs the invoices of one business date: drafts, a look at a PDF, release, mails.
final class Invoicing implements Stop {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String BUSIEST_DAY =
            "SELECT substr(ordered_at, 1, 10) FROM order_lines WHERE ordered_at IS NOT NULL"
                    + " GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1";

    @Override
    public String title() {
        return "Run the day's invoices, look at a PDF, release";
    }

    @Override
    public void walk(Walk scene) throws Exception {
        Hand hand = scene.hand();
        String day = busiestDay(scene);
        hand.press(CONTROL, DIGIT5);
        hand.type("#date", day);
        hand.press(ENTER);
        hand.click("#draft");
        InvoiceRun drafted = await(scene, day, InvoiceRunState.DRAFTED);
        hand.focus("#table");
        hand.press(HOME);
        hand.text("#hash");
        scene.pictures().take("invoices-drafted");
        hand.click("#release");
        hand.see("#confirm-act");
        scene.pictures().take("invoices-confirm");
        hand.click("#confirm-act");
        InvoiceRun released = await(scene, day, InvoiceRunState.RELEASED);
        List<Invoice> invoices = invoices(scene, released);
        String previewed = awaitFinal(hand, invoices);
        scene.pictures().take("invoices-released");
        report(scene, drafted, released, invoices, previewed);
    }

    private static String busiestDay(Walk scene) throws Exception {
        String url = "jdbc:sqlite:" + scene.settings().sandbox().resolve("shop/shop.sqlite");
        try (var database = DriverManager.getConnection(url);
                var question = database.createStatement();
                var answer = question.executeQuery(BUSIEST_DAY)) {
            if (!answer.next()) {
                throw new TourFailed("the new shop has no dated order line");
            }
            return answer.getString(1);
        }
    }

    private static InvoiceRun await(Walk scene, String day, InvoiceRunState wanted) {
        List<InvoiceRun> found = new ArrayList<>();
        scene.hand()
                .until(
                        "the invoice run of " + day + " " + wanted,
                        PATIENCE,
                        () -> {
                            InvoiceRun run = run(scene, day);
                            if (run == null) {
                                return false;
                            }
                            if (run.state() == InvoiceRunState.FAILED) {
                                throw new TourFailed("the invoice run failed: " + run.reason());
                            }
                            found.add(run);
                            return run.state() == wanted && run.rendered() == run.invoices();
                        });
        return found.getLast();
    }

    private static @Nullable InvoiceRun run(Walk scene, String day) {
        return Checked.get(() -> scene.backend().invoices().runs(null)).items().stream()
                .filter(run -> run.businessDate().toString().equals(day))
                .findFirst()
                .orElse(null);
    }

    private static List<Invoice> invoices(Walk scene, InvoiceRun run) {
        List<Invoice> all = new ArrayList<>();
        String cursor = null;
        do {
            String after = cursor;
            Page<Invoice> page =
                    Checked.get(() -> scene.backend().invoices().ofRun(run.id(), after));
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return all;
    }

    /// The hash that the console shows, once it is that of a released invoice.
    private static String awaitFinal(Hand hand, List<Invoice> invoices) {
        String[] shown = {""};
        hand.until(
                "a released invoice's hash",
                Duration.ofSeconds(30),
                () -> {
                    shown[0] = hand.text("#hash");
                    return invoices.stream().anyMatch(i -> shown[0].equals(i.pdfSha256()));
                });
        return shown[0];
    }

    private static void report(
            Walk scene,
            InvoiceRun drafted,
            InvoiceRun released,
            List<Invoice> invoices,
            String previewed)
            throws Exception {
        Map<String, String> mails = Mails.attachments(scene.settings().sandbox().resolve("mail"));
        ObjectNode part =
                scene.part("invoices")
                        .put("businessDate", released.businessDate().toString())
                        .put("drafted", drafted.invoices())
                        .put("released", released.invoices())
                        .put("gross", released.gross())
                        .put("mails", mails.size())
                        .put("notSendable", released.notSendable())
                        .put("previewed", previewed);
        for (Invoice invoice : invoices) {
            part.withArrayProperty("pdfs")
                    .addObject()
                    .put("number", invoice.number())
                    .put("sha256", invoice.pdfSha256())
                    .put("mail", invoice.mail().name());
            check(scene, invoice, mails);
        }
        long sent = invoices.stream().filter(i -> i.mail() == MailState.SENT).count();
        if (sent != mails.size()) {
            throw new TourFailed(sent + " invoices are sent, but there are " + mails.size());
        }
    }

    /// What a person sees before and what the vendor gets are the same bytes.
    private static void check(Walk scene, Invoice invoice, Map<String, String> mails) {
        String served =
                Mails.sha256(Checked.get(() -> scene.backend().invoices().pdf(invoice.id())));
        if (!served.equals(invoice.pdfSha256())) {
            throw new TourFailed("the PDF served of " + invoice.number() + " is another");
        }
        if (invoice.mail() == MailState.SENT && !mails.containsValue(served)) {
            throw new TourFailed("no mail has the PDF of " + invoice.number());
        }
    }
}
