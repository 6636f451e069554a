package dev.slipway.client.offline;

/// The offline store was closed while something was on its way to it: what had asked is gone too.
public final class StoreClosed extends StoreException {
    private static final long serialVersionUID = 1;

    StoreClosed() {
        super("the offline store is closed", null);
    }
}
