package dev.slipway.backend.invoicing.document;

import dev.slipway.backend.invoicing.sales.Sale;
import dev.slipway.backend.invoicing.sales.SalesDay;
import dev.slipway.backend.invoicing.sales.Vendor;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Computes the invoices of a day: one per vendor and currency, one line per order (not per order
/// number: two orders may bear the same).
///
/// The net of a line is its sales × the vendor's rate, rounded half up to the currency's smallest
/// part; the net of an invoice is the sum of its lines as printed; tax is taken once per rate on
/// that sum, rounded half up (EN 16931, BR-S-09). So whoever adds up the paper gets the paper's
/// sum.
public final class Drafting {
    private final Terms terms;

    public Drafting(Terms terms) {
        this.terms = terms;
    }

    public Draft draft(LocalDate date, SalesDay day) {
        Map<String, Vendor> vendors =
                day.vendors().stream()
                        .collect(Collectors.toMap(Vendor::key, Function.identity(), (a, _) -> a));
        var remarks = new Remarks(terms);
        Map<String, Map<String, List<Sale>>> sales = new TreeMap<>();
        for (Sale sale : day.sales()) {
            sales.computeIfAbsent(sale.vendorKey(), _ -> new TreeMap<>())
                    .computeIfAbsent(sale.currency(), _ -> new ArrayList<>())
                    .add(sale);
        }
        List<InvoiceDocument> invoices = new ArrayList<>();
        sales.forEach(
                (key, byCurrency) -> {
                    Vendor vendor = vendors.get(key);
                    if (vendor == null) {
                        remarks.unknownVendor(byCurrency);
                        return;
                    }
                    BigDecimal rate = rate(vendor);
                    if (rate == null) {
                        remarks.noRate(vendor, byCurrency);
                        return;
                    }
                    remarks.vendor(vendor);
                    byCurrency.forEach(
                            (currency, sold) ->
                                    invoices.add(invoice(vendor, rate, date, currency, sold)));
                });
        invoices.sort(
                Comparator.comparing((InvoiceDocument i) -> i.buyer().name())
                        .thenComparing(i -> i.buyer().key())
                        .thenComparing(InvoiceDocument::currency));
        return new Draft(invoices, remarks.of(invoices));
    }

    private @Nullable BigDecimal rate(Vendor vendor) {
        return vendor.commissionRate() == null ? terms.fallbackRate() : vendor.commissionRate();
    }

    private InvoiceDocument invoice(
            Vendor vendor, BigDecimal rate, LocalDate date, String currency, List<Sale> sold) {
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        List<InvoiceLine> lines = lines(sold, rate, digits);
        BigDecimal net = sum(lines, InvoiceLine::net).setScale(digits, RoundingMode.UNNECESSARY);
        TaxRule rule = terms.taxes().of(vendor.country());
        BigDecimal tax =
                net.multiply(rule.percent())
                        .movePointLeft(2)
                        .setScale(digits, RoundingMode.HALF_UP);
        return new InvoiceDocument(
                terms.seller(),
                terms.bank(),
                new Party(
                        vendor.key(),
                        vendor.name(),
                        vendor.address(),
                        vendor.country(),
                        vendor.taxId(),
                        vendor.email()),
                date,
                terms.zone().getId(),
                terms.locale(),
                currency,
                terms.paymentDays(),
                lines,
                List.of(new TaxTotal(rule.category(), rule.percent(), rule.note(), net, tax)),
                net,
                tax,
                net.add(tax));
    }

    private static List<InvoiceLine> lines(List<Sale> sold, BigDecimal rate, int digits) {
        Map<String, List<Sale>> orders =
                sold.stream()
                        .sorted(
                                Comparator.comparing(Sale::at)
                                        .thenComparing(Sale::orderNo)
                                        .thenComparing(Sale::orderId)
                                        .thenComparing(Sale::description))
                        .collect(
                                Collectors.groupingBy(
                                        Sale::orderId, LinkedHashMap::new, Collectors.toList()));
        return orders.values().stream().map(items -> line(items, rate, digits)).toList();
    }

    private static InvoiceLine line(List<Sale> items, BigDecimal rate, int digits) {
        BigDecimal sales = sum(items, Sale::amount);
        return new InvoiceLine(
                items.getFirst().orderNo(),
                items.stream().map(Sale::description).distinct().collect(Collectors.joining("; ")),
                sum(items, Sale::quantity),
                sales,
                rate,
                sales.multiply(rate).setScale(digits, RoundingMode.HALF_UP));
    }

    private static <T> BigDecimal sum(List<T> items, Function<T, BigDecimal> amount) {
        return items.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
