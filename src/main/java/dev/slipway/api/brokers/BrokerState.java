package dev.slipway.api.brokers;

/// Whether a broker's figures can be had.
public enum BrokerState {
    /// It was not asked yet.
    UNKNOWN,
    /// It answers.
    UP,
    /// It does not answer, or with nothing that can be read.
    AWAY,
    /// It answers and refuses: user, password or rights are wrong.
    REFUSED
}
