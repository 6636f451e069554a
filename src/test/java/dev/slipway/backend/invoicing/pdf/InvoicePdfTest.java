package dev.slipway.backend.invoicing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.backend.invoicing.Samples;
import dev.slipway.backend.invoicing.document.InvoiceDocument;
import dev.slipway.backend.invoicing.document.InvoiceLine;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

class InvoicePdfTest {
    private final InvoicePdf pdf = new InvoicePdf();

    @ParameterizedTest
    @ValueSource(ints = {1, 17, 18, 19, 20, 21, 22, 23, 50, 51, 52, 53, 54, 55, 400})
    void everyPageCarriesTheSumOfTheLinesBeforeIt(int lines) throws IOException {
        InvoiceDocument invoice = Samples.invoice(Samples.terms("en-IE", null), lines);
        List<String> pages = pages(pdf.render(invoice, Samples.released("i", "INV-2026-000007")));

        int rows = 0;
        BigDecimal net = BigDecimal.ZERO;
        BigDecimal sales = BigDecimal.ZERO;
        for (int page = 0; page < pages.size(); page++) {
            String text = pages.get(page);
            assertThat(text).contains("Page " + (page + 1) + " of " + pages.size());
            assertThat(text).contains("INV-2026-000007");
            if (page > 0) {
                assertThat(text).contains("Brought forward " + amount(sales) + " " + amount(net));
            } else {
                assertThat(text).doesNotContain("Brought forward");
            }
            int on = (int) Pattern.compile("2026-1\\d{5}\\b").matcher(text).results().count();
            assertThat(on).as("rows on page " + (page + 1)).isPositive();
            for (InvoiceLine line : invoice.lines().subList(rows, rows + on)) {
                net = net.add(line.net());
                sales = sales.add(line.sales());
            }
            rows += on;
            boolean last = page == pages.size() - 1;
            String carried = "Carried over " + amount(sales) + " " + amount(net);
            if (last) {
                assertThat(text).doesNotContain("Carried over");
                assertThat(text).contains("Net total €" + amount(net));
            } else {
                assertThat(text).contains(carried);
            }
        }
        assertThat(rows).isEqualTo(lines);
    }

    @Test
    void theSameInvoiceGivesTheSameBytesWhoeverRendersIt() {
        InvoiceDocument invoice = Samples.invoice(Samples.terms("de-DE", null), 60);
        byte[] first = pdf.render(invoice, Samples.released("i", "1"));
        pdf.render(Samples.invoice(Samples.terms("en-IE", null), 3), Samples.draft("other"));

        assertThat(pdf.render(invoice, Samples.released("i", "1"))).isEqualTo(first);
        assertThat(new InvoicePdf().render(invoice, Samples.released("i", "1"))).isEqualTo(first);
        assertThat(pdf.render(invoice, Samples.released("i", "2"))).isNotEqualTo(first);
    }

    @Test
    void severalThreadsDoNotDisturbEachOther() {
        List<InvoiceDocument> invoices =
                IntStream.range(1, 9)
                        .mapToObj(i -> Samples.invoice(Samples.terms("en-IE", null), i * 10))
                        .toList();
        List<byte[]> alone =
                invoices.stream().map(i -> pdf.render(i, Samples.released("i", "1"))).toList();
        List<byte[]> together =
                invoices.parallelStream()
                        .map(i -> pdf.render(i, Samples.released("i", "1")))
                        .toList();
        for (int i = 0; i < alone.size(); i++) {
            assertThat(together.get(i)).isEqualTo(alone.get(i));
        }
    }

    @Test
    void aDraftSaysSoOnEveryPageAndHasNoNumber() throws IOException {
        InvoiceDocument invoice = Samples.invoice(Samples.terms("en-IE", null), 60);
        for (String page : pages(pdf.render(invoice, Samples.draft("i")))) {
            assertThat(page.replaceAll("\\s", "")).contains("DRAFT");
        }
        for (String page : pages(pdf.render(invoice, Samples.released("i", "INV-1")))) {
            assertThat(page.replaceAll("\\s", "")).doesNotContain("DRAFT");
        }
    }

    @Test
    void whatAnInvoiceMustSayStandsOnIt() throws IOException {
        var vendor = Samples.vendor("42", "Société Générale des Œufs", "FR", "0.1");
        InvoiceDocument invoice =
                Samples.invoice(
                        Samples.terms("de-DE", null),
                        vendor,
                        List.of(
                                Samples.sale(
                                        "42", "A-1", "Œuf à la coque, 12 St. à 0,99 €", "11.88")));
        String text = pages(pdf.render(invoice, Samples.released("i", "R-9"))).getFirst();
        assertThat(text)
                .contains("Provisionsrechnung", "R-9", "Slipway Märkte GmbH", "DE123456789")
                .contains("Société Générale des Œufs", "Große Bleichen 1", "Frankreich")
                .contains("DE987654321", "21. November 2026", "6. Dezember 2026")
                .contains("Œuf à la coque, 12 St. à 0,99 €", "11,88", "10 %", "1,19 €")
                .contains("Reverse charge", "DE89 3704 0044 0532 0130 00", "COBADEFFXXX");
    }

    @Test
    void oddTextsAreShownAndNothingRunsOverAnEdge() throws IOException {
        var vendor =
                Samples.vendor(
                        "key-that-is-longer-than-any-key-should-ever-be-0123456789",
                        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten"
                                + "gesellschaft & Nachfolger 株式会社\tKG",
                        "DE",
                        "0.125");
        InvoiceDocument invoice =
                Samples.invoice(
                        Samples.terms("en-IE", null),
                        vendor,
                        List.of(
                                Samples.sale(
                                        vendor.key(), "O".repeat(80), "x".repeat(2000), "1.00"),
                                Samples.sale(vendor.key(), "2", " ", "999999999.99")));
        String text = String.join("", pages(pdf.render(invoice, Samples.draft("i"))));
        assertThat(text).contains("???? KG", "…", "999,999,999.99");
    }

    @Test
    void anInvoiceWithoutLinesOrToPayIsStillAnInvoice() throws IOException {
        InvoiceDocument some = Samples.invoice(Samples.terms("en-IE", null), 1);
        BigDecimal zero = new BigDecimal("0.00");
        var none =
                new InvoiceDocument(
                        some.seller(),
                        some.bank(),
                        some.buyer(),
                        some.businessDate(),
                        some.zone(),
                        some.locale(),
                        some.currency(),
                        some.paymentDays(),
                        List.of(),
                        some.taxes(),
                        zero,
                        zero,
                        zero);
        String text = pages(pdf.render(none, Samples.released("i", "INV-1"))).getFirst();
        assertThat(text).contains("There were no sales", "There is nothing to pay.");
    }

    private static String amount(BigDecimal amount) {
        return new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT))
                .format(amount);
    }

    private static List<String> pages(byte[] bytes) throws IOException {
        try (var document = Loader.loadPDF(bytes)) {
            List<String> pages = new ArrayList<>();
            for (int page = 1; page <= document.getNumberOfPages(); page++) {
                var stripper = new PDFTextStripper();
                stripper.setSortByPosition(true);
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                pages.add(stripper.getText(document).replace('\u00a0', ' ').replaceAll(" +", " "));
            }
            return pages;
        }
    }
}
