package dev.slipway.testing;

import dev.slipway.api.invoicing.Invoice;

import org.openpdf.text.Document;
import org.openpdf.text.Paragraph;
import org.openpdf.text.pdf.PdfWriter;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// PDFs for tests.
public final class Pdfs {
    private Pdfs() {}

    /// A page for each text.
    public static byte[] of(String... pages) {
        var bytes = new ByteArrayOutputStream();
        try (var document = new Document()) {
            PdfWriter.getInstance(document, bytes);
            document.open();
            for (String text : pages) {
                document.newPage();
                for (int line = 1; line <= 30; line++) {
                    document.add(new Paragraph(text + ", line " + line));
                }
            }
        }
        return bytes.toByteArray();
    }

    /// An invoice whose PDF this is.
    public static Invoice on(Invoice i, byte[] pdf) {
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
                sha256(pdf),
                pdf.length,
                i.mail(),
                i.mailReason(),
                i.sentAt());
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
