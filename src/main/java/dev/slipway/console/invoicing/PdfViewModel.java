package dev.slipway.console.invoicing;

import dev.slipway.api.invoicing.Invoice;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.Background;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;

/// The PDF of the invoice that is looked at: its pages and how large they are shown.
final class PdfViewModel {
    /// The zooms that + and − step through.
    static final List<Double> ZOOMS = List.of(0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0);

    private static final System.Logger LOG = System.getLogger(PdfViewModel.class.getName());

    private final Documents documents;
    private final Background background;
    private final Wording words;
    private final ReadOnlyObjectWrapper<PdfState> state;
    private final ReadOnlyIntegerWrapper page = new ReadOnlyIntegerWrapper(this, "page", 1);
    private final ReadOnlyDoubleWrapper zoom = new ReadOnlyDoubleWrapper(this, "zoom", 1);
    private final BooleanProperty fitWidth = new SimpleBooleanProperty(this, "fitWidth", true);
    private final ReadOnlyStringWrapper position = new ReadOnlyStringWrapper(this, "position", "");
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(this, "title", "");
    private String wanted = "";

    PdfViewModel(Documents documents, Background background, Wording words) {
        this.documents = documents;
        this.background = background;
        this.words = words;
        this.state =
                new ReadOnlyObjectWrapper<>(
                        this, "state", new PdfState.Nothing(words.say("pdf.select")));
    }

    /// @param invoice the invoice that is looked at, or null
    void show(@Nullable Invoice invoice) {
        String sha256 = invoice == null ? null : invoice.pdfSha256();
        String now = invoice == null ? "" : invoice.id() + " " + sha256;
        if (now.equals(wanted)) {
            return;
        }
        wanted = now;
        title.set(invoice == null ? "" : titleOf(invoice));
        if (invoice == null || sha256 == null) {
            become(
                    new PdfState.Nothing(
                            words.say(invoice == null ? "pdf.select" : "pdf.notRendered")));
            return;
        }
        become(new PdfState.Loading());
        background
                .run(() -> open(invoice, sha256))
                .onSuccess(pages -> opened(now, new PdfState.Open(pages, sha256)))
                .onProblem(problem -> failed(now, problem));
    }

    /// Tries again what failed, for example after the backend came back.
    void retry(@Nullable Invoice invoice) {
        if (state.get() instanceof PdfState.Failed) {
            wanted = "";
            show(invoice);
        }
    }

    private PdfPages open(Invoice invoice, String sha256) throws ProblemException {
        byte[] bytes = documents.pdf(invoice, sha256);
        try {
            return PdfPages.open(bytes);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem.Unreadable(
                            words.say("pdf.unreadable", String.valueOf(e.getMessage()))),
                    e);
        }
    }

    private void opened(String asked, PdfState.Open fresh) {
        if (asked.equals(wanted)) {
            become(fresh);
        } else {
            close(fresh.pages());
        }
    }

    private void failed(String asked, Problem problem) {
        if (asked.equals(wanted)) {
            become(new PdfState.Failed(problem));
        }
    }

    private void become(PdfState fresh) {
        PdfState before = state.get();
        page.set(1);
        state.set(fresh);
        place();
        if (before instanceof PdfState.Open(var pages, var _)) {
            close(pages);
        }
    }

    /// Off the UI thread: a page may be in the middle of being rendered.
    private void close(PdfPages pages) {
        background.run(
                () -> {
                    pages.close();
                    LOG.log(Level.DEBUG, "closed a PDF");
                    return pages;
                });
    }

    void turn(int pages) {
        page.set(Math.clamp(page.get() + pages, 1, Math.max(1, count())));
        place();
    }

    void first() {
        turn(-count());
    }

    void last() {
        turn(count());
    }

    void zoomIn() {
        double now = zoom.get();
        zoomTo(ZOOMS.stream().filter(z -> z > now + 0.01).findFirst().orElse(now));
    }

    void zoomOut() {
        double now = zoom.get();
        zoomTo(ZOOMS.reversed().stream().filter(z -> z < now - 0.01).findFirst().orElse(now));
    }

    private void zoomTo(double fresh) {
        fitWidth.set(false);
        zoom.set(fresh);
    }

    /// Follows the width of the window while it is to fit.
    ///
    /// @param width of the view, in points of the screen
    void fit(double width) {
        if (fitWidth.get() && width > 0 && state.get() instanceof PdfState.Open open) {
            zoom.set(Math.clamp(width / open.pages().width(page.get()), 0.2, 3));
        }
    }

    private int count() {
        return state.get() instanceof PdfState.Open(var pages, var _) ? pages.count() : 0;
    }

    private void place() {
        position.set(count() == 0 ? "" : words.say("pdf.position", page.get(), count()));
    }

    /// What the file is called when it is saved.
    String fileName() {
        String name = title.get().replaceAll("[^\\p{L}\\p{N}._-]+", "-");
        return (name.isEmpty() ? "invoice" : name) + ".pdf";
    }

    private static String titleOf(Invoice invoice) {
        String number = invoice.number();
        return number == null ? invoice.vendorName() : number + " · " + invoice.vendorName();
    }

    ReadOnlyObjectProperty<PdfState> state() {
        return state.getReadOnlyProperty();
    }

    /// From 1.
    ReadOnlyIntegerProperty page() {
        return page.getReadOnlyProperty();
    }

    /// 1 is a point of the screen to a point of the page.
    ReadOnlyDoubleProperty zoom() {
        return zoom.getReadOnlyProperty();
    }

    BooleanProperty fitWidth() {
        return fitWidth;
    }

    /// `2 of 3`.
    ReadOnlyStringProperty position() {
        return position.getReadOnlyProperty();
    }

    ReadOnlyStringProperty title() {
        return title.getReadOnlyProperty();
    }
}
