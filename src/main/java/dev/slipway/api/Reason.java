package dev.slipway.api;

/// The body of a command that may say why.
///
/// @param reason goes into the audit log; may be empty
public record Reason(String reason) {}
