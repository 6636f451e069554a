package dev.slipway.backend.invoicing.sales;

/// A configured query does not yield what it must; the message says what.
public final class BadQuery extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadQuery(String message) {
        super(message);
    }
}
