package dev.slipway.api.invoicing;

/// Where an invoice run stands.
public enum InvoiceRunState {
    /// Sales are read and drafts made.
    DRAFTING,
    /// To be looked at; nothing has a number yet.
    DRAFTED,
    /// Numbers are given; PDFs are rendered and mailed.
    RELEASING,
    /// Numbers are given, but some PDF could not be made; it goes on when someone retries it.
    RELEASE_FAILED,
    /// Every invoice is archived and every mail has an outcome.
    RELEASED,
    /// Given up before release.
    DISCARDED,
    /// Drafting failed.
    FAILED
}
