package dev.slipway.api.brokers;

/// What the configuration lets Slipway do at a broker; each allows what stands before it.
public enum BrokerAccess {
    /// Read figures.
    READ,
    /// Look at messages: they are taken from their queue for a moment and put back.
    LOOK,
    /// Move messages back to where they came from.
    MOVE
}
