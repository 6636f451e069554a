package dev.slipway.backend.invoicing;

import dev.slipway.backend.invoicing.document.Bank;
import dev.slipway.backend.invoicing.document.Drafting;
import dev.slipway.backend.invoicing.document.InvoiceDocument;
import dev.slipway.backend.invoicing.document.Issue;
import dev.slipway.backend.invoicing.document.Party;
import dev.slipway.backend.invoicing.document.TaxCategory;
import dev.slipway.backend.invoicing.document.TaxPolicy;
import dev.slipway.backend.invoicing.document.TaxRule;
import dev.slipway.backend.invoicing.document.Terms;
import dev.slipway.backend.invoicing.sales.Sale;
import dev.slipway.backend.invoicing.sales.SalesDay;
import dev.slipway.backend.invoicing.sales.Vendor;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Sellers, vendors and sales to make invoices of.
public final class Samples {
    public static final LocalDate DATE = LocalDate.of(2026, 11, 21);

    private Samples() {}

    public static Terms terms(String locale, @Nullable String fallbackRate) {
        return new Terms(
                new Party(
                        "",
                        "Slipway Märkte GmbH",
                        List.of("Werftstraße 7", "24143 Kiel"),
                        "DE",
                        "DE123456789",
                        "finance@slipway.example"),
                new Bank("DE89370400440532013000", "COBADEFFXXX", "Musterbank Köln"),
                ZoneId.of("Europe/Berlin"),
                locale,
                "EUR",
                14,
                fallbackRate == null ? null : new BigDecimal(fallbackRate),
                new TaxPolicy(
                        Map.of(
                                "DE",
                                new TaxRule(TaxCategory.STANDARD, new BigDecimal("19"), ""),
                                "FR",
                                new TaxRule(
                                        TaxCategory.REVERSE_CHARGE,
                                        BigDecimal.ZERO,
                                        "Reverse charge: VAT is to be accounted for by the"
                                                + " recipient (Art. 196, Directive 2006/112/EC).")),
                        new TaxRule(
                                TaxCategory.OUTSIDE_SCOPE,
                                BigDecimal.ZERO,
                                "Not subject to German VAT: the place of supply is abroad.")));
    }

    public static Vendor vendor(String key, String name, String country, @Nullable String rate) {
        return new Vendor(
                key,
                name,
                "v" + key + "@vendor.example",
                List.of("Große Bleichen 1", "20354 Hamburg"),
                country,
                "DE987654321",
                rate == null ? null : new BigDecimal(rate));
    }

    public static Sale sale(String vendor, String order, String description, String amount) {
        return new Sale(
                vendor,
                order,
                order,
                DATE + "T09:00:00Z",
                description,
                BigDecimal.ONE,
                new BigDecimal(amount),
                "EUR");
    }

    public static InvoiceDocument invoice(Terms terms, Vendor vendor, List<Sale> sales) {
        return new Drafting(terms)
                .draft(DATE, new SalesDay(List.of(vendor), sales))
                .invoices()
                .getFirst();
    }

    /// An invoice of so many lines, some of them several rows high.
    public static InvoiceDocument invoice(Terms terms, int lines) {
        List<Sale> sales = new ArrayList<>();
        for (int i = 1; i <= lines; i++) {
            String title =
                    i % 7 == 0
                            ? "Handgefertigte Schreibtischlampe »Övelgönne« mit Messingfuß,"
                                    + " textilummanteltem Kabel und dimmbarem Leuchtmittel"
                            : "Kaffeebecher, blau glasiert " + i;
            sales.add(sale("7", "2026-%06d".formatted(100_000 + i), title, i + ".95"));
        }
        return invoice(terms, vendor("7", "Töpferei Ährenfeld & Söhne", "DE", "0.125"), sales);
    }

    public static Issue draft(String id) {
        return new Issue(id, null, DATE.plusDays(1), DATE.plusDays(15));
    }

    public static Issue released(String id, String number) {
        return new Issue(id, number, DATE.plusDays(1), DATE.plusDays(15));
    }
}
