package dev.slipway.api.invoicing;

import java.time.LocalDate;

/// The body of `POST /api/v1/invoice-runs`.
public record StartInvoiceRun(LocalDate businessDate) {}
