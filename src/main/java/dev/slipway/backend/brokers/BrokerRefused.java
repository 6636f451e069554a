package dev.slipway.backend.brokers;

/// A broker answered, and not with what was asked for.
final class BrokerRefused extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    BrokerRefused(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    /// Whether user, password or rights are to blame.
    boolean access() {
        return status == 401 || status == 403;
    }
}
