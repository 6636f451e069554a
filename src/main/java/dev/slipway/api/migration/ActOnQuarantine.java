package dev.slipway.api.migration;

/// The body of accepting and reopening rows.
///
/// @param reason why; accepting wants one
public record ActOnQuarantine(QuarantineChoice which, String reason) {}
