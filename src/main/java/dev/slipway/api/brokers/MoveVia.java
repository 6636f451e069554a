package dev.slipway.api.brokers;

/// How a message goes back.
public enum MoveVia {
    /// Straight into the queue that it left: no one else gets a copy.
    QUEUE,
    /// To the exchange and with the routing key with which it had been published: whoever is bound
    /// there gets it again.
    EXCHANGE
}
