package dev.slipway.api.invoicing;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// The invoices of one business date.
///
/// @param businessDate in the seller's zone
/// @param rendered invoices whose PDF stands, DRAFT or final as the state says
/// @param sent invoices whose mail was accepted
/// @param notSendable invoices without a usable address
/// @param failed invoices whose mail failed, or was handed over with an unknown outcome
/// @param remarks what is out of the ordinary, for a person to look at before release
public record InvoiceRun(
        String id,
        LocalDate businessDate,
        InvoiceRunState state,
        String currency,
        int invoices,
        int rendered,
        int sent,
        int notSendable,
        int failed,
        BigDecimal net,
        BigDecimal tax,
        BigDecimal gross,
        List<String> remarks,
        String startedBy,
        Instant createdAt,
        @Nullable String releasedBy,
        @Nullable Instant releasedAt,
        @Nullable String reason) {

    public InvoiceRun {
        remarks = List.copyOf(remarks);
    }
}
