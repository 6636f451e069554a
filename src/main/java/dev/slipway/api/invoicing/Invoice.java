package dev.slipway.api.invoicing;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/// One vendor's invoice.
///
/// @param number gapless within its series; null before release
/// @param email where it goes; null if the vendor has none
/// @param pdfSha256 hash of the PDF that stands, hexadecimal; null before it is rendered
/// @param draft whether that PDF is marked DRAFT
/// @param mailReason why it is not sendable, failed or unknown
public record Invoice(
        String id,
        String runId,
        LocalDate businessDate,
        @Nullable String number,
        String vendorKey,
        String vendorName,
        @Nullable String email,
        String currency,
        int lines,
        BigDecimal net,
        BigDecimal tax,
        BigDecimal gross,
        LocalDate dueDate,
        boolean draft,
        @Nullable String pdfSha256,
        @Nullable Integer pdfBytes,
        MailState mail,
        @Nullable String mailReason,
        @Nullable Instant sentAt) {}
