package dev.slipway.backend.invoicing.document;

import dev.slipway.backend.invoicing.sales.Sale;
import dev.slipway.backend.invoicing.sales.Vendor;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Gathers what is out of the ordinary in a draft, for the person who is to release it.
final class Remarks {
    /// An invoice this many times the median is worth a look.
    private static final BigDecimal LARGE = BigDecimal.TEN;

    private static final int ENOUGH_FOR_A_MEDIAN = 5;
    private static final int NAMED = 3;

    private final Terms terms;
    private final List<Sale> unknown = new ArrayList<>();
    private final List<String> withoutRate = new ArrayList<>();
    private final List<Sale> withoutRateSales = new ArrayList<>();
    private final List<String> fallback = new ArrayList<>();

    Remarks(Terms terms) {
        this.terms = terms;
    }

    void unknownVendor(Map<String, List<Sale>> sales) {
        sales.values().forEach(unknown::addAll);
    }

    void noRate(Vendor vendor, Map<String, List<Sale>> sales) {
        withoutRate.add(vendor.name());
        sales.values().forEach(withoutRateSales::addAll);
    }

    void vendor(Vendor vendor) {
        if (vendor.commissionRate() == null) {
            fallback.add(vendor.name());
        }
    }

    List<String> of(List<InvoiceDocument> invoices) {
        List<String> remarks = new ArrayList<>();
        if (invoices.isEmpty()) {
            remarks.add("There is nothing to invoice on this date.");
        }
        if (!unknown.isEmpty()) {
            remarks.add(
                    "Nobody is invoiced for %d sale(s), %s, whose vendor does not exist."
                            .formatted(unknown.size(), totals(unknown)));
        }
        if (!withoutRate.isEmpty()) {
            remarks.add(
                    "Not invoiced, as they have no commission rate: %s; sales %s."
                            .formatted(named(withoutRate), totals(withoutRateSales)));
        }
        if (!fallback.isEmpty() && terms.fallbackRate() != null) {
            remarks.add(
                    "Invoiced at the fallback rate of %s %%, as they have none of their own: %s."
                            .formatted(percent(terms.fallbackRate()), named(fallback)));
        }
        unusable(invoices, remarks);
        sameNumbers(invoices, remarks);
        amounts(invoices, remarks);
        return remarks;
    }

    /// The buyers of two orders were told the same number: each order has a line of its own, which
    /// looks like a line printed twice.
    private static void sameNumbers(List<InvoiceDocument> invoices, List<String> remarks) {
        tell(
                remarks,
                "Several orders bear the same number, each has its own line: %s.",
                invoices.stream()
                        .filter(
                                i ->
                                        i.lines().stream()
                                                        .map(InvoiceLine::orderNo)
                                                        .distinct()
                                                        .count()
                                                < i.lines().size())
                        .map(InvoiceDocument::buyer));
    }

    private void unusable(List<InvoiceDocument> invoices, List<String> remarks) {
        tell(
                remarks,
                "No e-mail address, not sendable: %s.",
                invoices.stream().map(InvoiceDocument::buyer).filter(b -> b.email() == null));
        tell(
                remarks,
                "E-mail address can't be used, not sendable: %s.",
                invoices.stream()
                        .map(InvoiceDocument::buyer)
                        .filter(b -> b.email() != null && !MailAddress.usable(b.email())));
        tell(
                remarks,
                "Reverse charge without the vendor's tax id: %s.",
                invoices.stream()
                        .filter(
                                i ->
                                        i.taxes().stream()
                                                .anyMatch(
                                                        t ->
                                                                t.category()
                                                                        == TaxCategory
                                                                                .REVERSE_CHARGE))
                        .map(InvoiceDocument::buyer)
                        .filter(b -> b.taxId() == null));
        tell(
                remarks,
                "Country unknown, taxed by the rule for all others: %s.",
                invoices.stream().map(InvoiceDocument::buyer).filter(b -> b.country().isEmpty()));
    }

    private void amounts(List<InvoiceDocument> invoices, List<String> remarks) {
        tell(
                remarks,
                "Total is zero: %s.",
                invoices.stream().filter(i -> i.gross().signum() == 0).map(InvoiceDocument::buyer));
        tell(
                remarks,
                "Total is negative: %s.",
                invoices.stream().filter(i -> i.gross().signum() < 0).map(InvoiceDocument::buyer));
        Map<String, List<InvoiceDocument>> byCurrency =
                invoices.stream()
                        .collect(
                                Collectors.groupingBy(
                                        InvoiceDocument::currency,
                                        TreeMap::new,
                                        Collectors.toList()));
        byCurrency.forEach(
                (currency, some) -> {
                    large(currency, some, remarks);
                    if (!currency.equals(terms.currency())) {
                        BigDecimal gross =
                                some.stream()
                                        .map(InvoiceDocument::gross)
                                        .reduce(BigDecimal.ZERO, BigDecimal::add);
                        remarks.add(
                                "%d invoice(s) in %s, together %s, are not in the totals of the run."
                                        .formatted(some.size(), currency, gross.toPlainString()));
                    }
                });
    }

    private static void large(
            String currency, List<InvoiceDocument> invoices, List<String> remarks) {
        if (invoices.size() < ENOUGH_FOR_A_MEDIAN) {
            return;
        }
        BigDecimal median =
                invoices.stream()
                        .map(InvoiceDocument::gross)
                        .sorted()
                        .skip(invoices.size() / 2)
                        .findFirst()
                        .orElseThrow();
        BigDecimal limit = median.abs().multiply(LARGE);
        List<String> unusual =
                invoices.stream()
                        .filter(i -> median.signum() != 0 && i.gross().abs().compareTo(limit) > 0)
                        .sorted(Comparator.comparing(i -> i.gross().abs().negate()))
                        .map(i -> amount(i, currency))
                        .toList();
        if (!unusual.isEmpty()) {
            remarks.add(
                    "Unusually large: %s; the median is %s."
                            .formatted(named(unusual), median.toPlainString()));
        }
    }

    private static String amount(InvoiceDocument invoice, String currency) {
        return invoice.buyer().name() + ", " + invoice.gross().toPlainString() + " " + currency;
    }

    private static void tell(
            List<String> remarks, String remark, java.util.stream.Stream<Party> parties) {
        List<String> names = parties.map(Party::name).toList();
        if (!names.isEmpty()) {
            remarks.add(remark.formatted(named(names)));
        }
    }

    private static String named(List<String> names) {
        String some = names.stream().limit(NAMED).collect(Collectors.joining("; "));
        return names.size() <= NAMED ? some : some + " and " + (names.size() - NAMED) + " more";
    }

    private static String totals(List<Sale> sales) {
        Map<String, BigDecimal> totals = new TreeMap<>();
        sales.forEach(s -> totals.merge(s.currency(), s.amount(), BigDecimal::add));
        return totals.entrySet().stream()
                .map(t -> t.getValue().toPlainString() + " " + t.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String percent(BigDecimal rate) {
        return rate.movePointRight(2).stripTrailingZeros().toPlainString();
    }
}
