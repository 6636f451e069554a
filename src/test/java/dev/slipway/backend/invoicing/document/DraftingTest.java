package dev.slipway.backend.invoicing.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.backend.invoicing.Samples;
import dev.slipway.backend.invoicing.sales.Sale;
import dev.slipway.backend.invoicing.sales.SalesDay;
import dev.slipway.backend.invoicing.sales.Vendor;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

class DraftingTest {
    private static final List<Vendor> VENDORS =
            List.of(
                    Samples.vendor("1", "Zwirn", "DE", "0.125"),
                    Samples.vendor("2", "Atelier", "FR", null));

    @Test
    void roundsEachLineHalfUpAndTaxOncePerInvoice() {
        // 12.5 % of 0.04, 0.12 and 1.00 is 0.005, 0.015 and 0.125
        InvoiceDocument invoice =
                draft(
                                "0.2",
                                Samples.sale("1", "A", "a", "0.04"),
                                Samples.sale("1", "B", "b", "0.12"),
                                Samples.sale("1", "C", "c", "1.00"))
                        .invoices()
                        .getFirst();
        assertThat(invoice.lines())
                .extracting(InvoiceLine::net)
                .containsExactly(
                        new BigDecimal("0.01"), new BigDecimal("0.02"), new BigDecimal("0.13"));
        assertThat(invoice.net()).isEqualTo(new BigDecimal("0.16"));
        // 19 % of 0.16 is 0.0304; line by line it would be 0.00 + 0.00 + 0.02
        assertThat(invoice.tax()).isEqualTo(new BigDecimal("0.03"));
        assertThat(invoice.gross()).isEqualTo(new BigDecimal("0.19"));
    }

    @Test
    void oneLinePerOrderAndOneInvoicePerVendorAndCurrency() {
        Sale dollars =
                new Sale("1", "A", "A", "t", "mug", BigDecimal.ONE, new BigDecimal("8.00"), "USD");
        Draft draft =
                draft(
                        "0.2",
                        Samples.sale("1", "A", "mug", "10.00"),
                        Samples.sale("1", "A", "lamp", "30.00"),
                        Samples.sale("1", "B", "mug", "10.00"),
                        Samples.sale("2", "A", "scarf", "5.00"),
                        dollars);
        assertThat(draft.invoices())
                .extracting(i -> i.buyer().name() + " " + i.currency() + " " + i.net())
                .containsExactly("Atelier EUR 1.00", "Zwirn EUR 6.25", "Zwirn USD 1.00");
        InvoiceLine order = draft.invoices().get(1).lines().getFirst();
        assertThat(order.description()).isEqualTo("lamp; mug");
        assertThat(order.sales()).isEqualByComparingTo("40");
        assertThat(order.quantity()).isEqualByComparingTo("2");
        assertThat(draft.remarks()).anyMatch(r -> r.startsWith("1 invoice(s) in USD"));
    }

    @Test
    void twoOrdersOfTheSameNumberAreTwoLines() {
        Draft draft =
                draft(
                        "0.1",
                        order("o1", "SO-7", "8.00"),
                        order("o2", "SO-7", "0.04"),
                        order("o1", "SO-7", "0.04"));
        List<InvoiceLine> lines = draft.invoices().getFirst().lines();
        assertThat(lines).extracting(InvoiceLine::orderNo).containsExactly("SO-7", "SO-7");
        // 12.5 % of 8.04 and of 0.04, each rounded half up by itself; of 8.08 it would be 1.01
        assertThat(lines)
                .extracting(InvoiceLine::net)
                .containsExactly(new BigDecimal("1.01"), new BigDecimal("0.01"));
        assertThat(draft.invoices().getFirst().net()).isEqualTo(new BigDecimal("1.02"));
        assertThat(draft.remarks()).anyMatch(r -> r.startsWith("Several orders bear the same"));
    }

    private static Sale order(String id, String number, String amount) {
        return new Sale("1", id, number, "t", "mug", BigDecimal.ONE, new BigDecimal(amount), "EUR");
    }

    @Test
    void theVendorsCountryDecidesItsTax() {
        List<InvoiceDocument> invoices =
                draft(
                                "0.2",
                                Samples.sale("1", "A", "a", "100.00"),
                                Samples.sale("2", "B", "b", "100.00"))
                        .invoices();
        assertThat(invoices.get(0).taxes().getFirst().category())
                .isEqualTo(TaxCategory.REVERSE_CHARGE);
        assertThat(invoices.get(0).tax()).isEqualTo(new BigDecimal("0.00"));
        assertThat(invoices.get(1).tax()).isEqualTo(new BigDecimal("2.38"));
    }

    @Test
    void tellsWhatIsOutOfTheOrdinary() {
        List<Vendor> vendors = new ArrayList<>();
        List<Sale> sales = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            vendors.add(Samples.vendor("v" + i, "Vendor " + i, "DE", "0.1"));
            sales.add(Samples.sale("v" + i, "O" + i, "x", i == 6 ? "100000.00" : "100.00"));
        }
        vendors.add(new Vendor("m", "No Mail", null, List.of(), "FR", null, new BigDecimal("0.1")));
        vendors.add(new Vendor("b", "Bad Mail", "a@b", List.of(), "", null, new BigDecimal("0.1")));
        vendors.add(Samples.vendor("r", "No Rate", "DE", null));
        vendors.add(Samples.vendor("n", "Refunded", "DE", "0.1"));
        vendors.add(Samples.vendor("z", "Zero", "DE", "0.1"));
        for (String key : List.of("m", "b", "r")) {
            sales.add(Samples.sale(key, "O", "x", "100.00"));
        }
        sales.add(Samples.sale("n", "O", "x", "-10.00"));
        sales.add(Samples.sale("z", "O", "x", "0.01"));
        sales.add(Samples.sale("ghost", "O", "x", "12.34"));

        List<String> remarks = draft(null, vendors, sales).remarks();
        assertThat(remarks)
                .containsExactly(
                        "Nobody is invoiced for 1 sale(s), 12.34 EUR, whose vendor does not exist.",
                        "Not invoiced, as they have no commission rate: No Rate; sales 100.00 EUR.",
                        "No e-mail address, not sendable: No Mail.",
                        "E-mail address can't be used, not sendable: Bad Mail.",
                        "Reverse charge without the vendor's tax id: No Mail.",
                        "Country unknown, taxed by the rule for all others: Bad Mail.",
                        "Total is zero: Zero.",
                        "Total is negative: Refunded.",
                        "Unusually large: Vendor 6, 11900.00 EUR; the median is 11.90.");
        assertThat(draft("0.2", List.of(), List.of()).remarks())
                .containsExactly("There is nothing to invoice on this date.");
    }

    @Test
    void withoutAFallbackVendorsWithoutARateAreNotInvoiced() {
        Sale sale = Samples.sale("2", "A", "a", "100.00");
        assertThat(draft(null, VENDORS, List.of(sale)).invoices()).isEmpty();
        assertThat(draft("0.2", sale).invoices().getFirst().net()).isEqualByComparingTo("20.00");
    }

    private static Draft draft(String fallback, Sale... sales) {
        return draft(fallback, VENDORS, List.of(sales));
    }

    private static Draft draft(
            @org.jspecify.annotations.Nullable String fallback,
            List<Vendor> vendors,
            List<Sale> sales) {
        return new Drafting(Samples.terms("en-IE", fallback))
                .draft(Samples.DATE, new SalesDay(vendors, sales));
    }
}
