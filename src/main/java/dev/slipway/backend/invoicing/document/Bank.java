package dev.slipway.backend.invoicing.document;

/// Where the invoice is to be paid.
///
/// @param bic empty if not needed
/// @param name of the bank; may be empty
public record Bank(String iban, String bic, String name) {}
