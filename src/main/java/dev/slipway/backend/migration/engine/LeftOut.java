package dev.slipway.backend.migration.engine;

/// A row that its plan skips.
final class LeftOut extends Exception {
    private static final long serialVersionUID = 1L;

    LeftOut() {
        super("left out", null, false, false);
    }
}
