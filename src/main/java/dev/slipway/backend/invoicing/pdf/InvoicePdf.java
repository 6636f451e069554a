package dev.slipway.backend.invoicing.pdf;

import dev.slipway.backend.invoicing.document.InvoiceDocument;
import dev.slipway.backend.invoicing.document.Issue;
import dev.slipway.backend.invoicing.document.Party;
import dev.slipway.backend.invoicing.document.Words;
import dev.slipway.backend.invoicing.pdf.PageBreaks.Rows;

import org.openpdf.text.Document;
import org.openpdf.text.DocumentException;
import org.openpdf.text.PageSize;
import org.openpdf.text.pdf.PdfDate;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfString;
import org.openpdf.text.pdf.PdfWriter;

import java.io.ByteArrayOutputStream;
import java.time.ZoneId;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Objects;

/// Renders invoices. The same document and issue give the same bytes, today and after a restart:
/// dates and ids inside are the invoice's own.
public final class InvoicePdf {
    private final Faces faces = Faces.load();
    private final Styles styles = Styles.of(faces);

    /// One PDF; marked DRAFT on every page if it has no number.
    public byte[] render(InvoiceDocument invoice, Issue issue) {
        var words = new Words(invoice.locale(), invoice.currency());
        var table = new LineTable(invoice, words, styles);
        var closing = new Closing(invoice, issue, words, styles);
        var head = new Letterhead(invoice, issue, words, styles);
        List<Rows> pages = breaks(closing).pages(table.heights());

        var out = new ByteArrayOutputStream(64 * 1024);
        var pdf = new Document(PageSize.A4);
        try {
            PdfWriter writer = PdfWriter.getInstance(pdf, out);
            describe(pdf, writer, invoice, issue, words);
            pdf.open();
            for (int i = 0; i < pages.size(); i++) {
                pdf.newPage();
                writer.setPageEmpty(false);
                var sheet = new Sheet(writer.getDirectContent());
                if (issue.draft()) {
                    sheet.watermark(faces.bold(), words.text("draft"));
                }
                page(sheet, i, pages, head, table, closing);
            }
            pdf.close();
        } catch (DocumentException e) {
            throw new IllegalStateException("can't render invoice " + issue.id(), e);
        }
        return FixedBytes.of(out.toByteArray(), issue.id());
    }

    /// The characters of an invoice that its fonts lack, each once: they are printed as `?`, so a
    /// person must know before release.
    public String missing(InvoiceDocument invoice) {
        var texts = new StringBuilder();
        for (Party party : List.of(invoice.seller(), invoice.buyer())) {
            texts.append(party.name()).append(party.country());
            party.address().forEach(texts::append);
            texts.append(Objects.requireNonNullElse(party.taxId(), ""));
            texts.append(Objects.requireNonNullElse(party.email(), ""));
        }
        invoice.lines().forEach(line -> texts.append(line.orderNo()).append(line.description()));
        return faces.regular().missing(texts.toString());
    }

    private static PageBreaks breaks(Closing closing) {
        return new PageBreaks(
                Letterhead.BOTTOM - Letterhead.FIRST_TABLE - LineTable.HEAD,
                Letterhead.BOTTOM - Letterhead.NEXT_TABLE - LineTable.HEAD - LineTable.CARRIED,
                LineTable.CARRIED,
                closing.height());
    }

    private static void page(
            Sheet sheet,
            int index,
            List<Rows> pages,
            Letterhead head,
            LineTable table,
            Closing closing) {
        boolean first = index == 0;
        if (first) {
            head.first(sheet);
        } else {
            head.next(sheet);
        }
        float end =
                table.draw(
                        sheet,
                        pages.get(index),
                        first ? Letterhead.FIRST_TABLE : Letterhead.NEXT_TABLE);
        if (index == pages.size() - 1) {
            closing.draw(sheet, end);
        }
        head.foot(sheet, index + 1, pages.size());
    }

    private static void describe(
            Document pdf, PdfWriter writer, InvoiceDocument invoice, Issue issue, Words words) {
        var at =
                new PdfDate(
                        GregorianCalendar.from(
                                issue.date().atStartOfDay(ZoneId.of(invoice.zone()))));
        String number = issue.number() == null ? words.text("draft") : issue.number();
        writer.setPdfVersion("1.7");
        pdf.addTitle(words.text("title") + " " + number);
        pdf.addAuthor(invoice.seller().name());
        pdf.addProducer("Slipway");
        writer.getExtraCatalog().put(PdfName.LANG, new PdfString(invoice.locale()));
        // Document.addCreationDate would put the time of day in their place
        writer.getInfo().put(PdfName.CREATIONDATE, at);
        writer.getInfo().put(PdfName.MODDATE, at);
    }
}
