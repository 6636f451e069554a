package dev.slipway.backend.brokers;

/// A broker answered with something that says nothing.
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    /// @param message what it answered, for a person
    Unreadable(String message) {
        super(message);
    }
}
