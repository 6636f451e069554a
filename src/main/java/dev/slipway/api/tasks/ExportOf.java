package dev.slipway.api.tasks;

/// What can be exported.
public enum ExportOf {
    /// The shop's orders, as the configured query yields them.
    ORDERS,
    /// The invoices of every run that was not discarded.
    INVOICES,
    /// The rows that a migration run refused.
    QUARANTINE
}
