package dev.slipway.testing;

import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.InvoiceRunState;
import dev.slipway.api.invoicing.MailState;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/// A drafted run of two thousand invoices.
public record MuchInvoicing(Instant now) {
    public static final String RUN = "inv-2026-11-21";

    public InvoiceRun invoiceRun() {
        return new InvoiceRun(
                RUN,
                LocalDate.of(2026, 11, 21),
                InvoiceRunState.DRAFTED,
                "EUR",
                2_000,
                1_987,
                0,
                31,
                2,
                new BigDecimal("184220.15"),
                new BigDecimal("35001.83"),
                new BigDecimal("219221.98"),
                List.of(
                        "31 vendors have no usable e-mail address",
                        "Atelier 7 sold 14 times its usual day: 21,204.00 EUR"),
                "finn",
                now.minusSeconds(400),
                null,
                null,
                null);
    }

    public List<Invoice> invoices(int count) {
        MailState[] mails = MailState.values();
        return IntStream.range(0, count)
                .mapToObj(
                        i -> {
                            MailState mail =
                                    i % 40 == 0 ? mails[i / 40 % mails.length] : MailState.SENT;
                            return new Invoice(
                                    "invoice-" + i,
                                    RUN,
                                    LocalDate.of(2026, 11, 21),
                                    "2026-" + (100_000 + i),
                                    "V" + i,
                                    "Atelier " + i,
                                    mail == MailState.NOT_SENDABLE
                                            ? null
                                            : "office@atelier" + i + ".example",
                                    "EUR",
                                    3 + i % 60,
                                    new BigDecimal(i).movePointLeft(1).setScale(2),
                                    new BigDecimal("1.90"),
                                    new BigDecimal(i)
                                            .movePointLeft(1)
                                            .setScale(2)
                                            .add(new BigDecimal("1.90")),
                                    LocalDate.of(2026, 12, 5),
                                    false,
                                    "ab".repeat(32),
                                    20_000,
                                    mail,
                                    mail == MailState.NOT_SENDABLE ? "no e-mail address" : null,
                                    null);
                        })
                .toList();
    }
}
