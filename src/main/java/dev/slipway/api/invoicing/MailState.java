package dev.slipway.api.invoicing;

/// What became of an invoice's mail.
public enum MailState {
    /// Not released yet.
    NONE,
    /// There is no usable address; the PDF stands.
    NOT_SENDABLE,
    QUEUED,
    /// The mail server accepted it.
    SENT,
    /// The connection broke after the mail was handed over; a person decides.
    UNKNOWN,
    FAILED
}
