package dev.slipway.backend.migration.engine;

/// A run that can't begin or go on, with the reason and what to do now.
public final class Stopped extends Exception {
    private static final long serialVersionUID = 1L;

    public Stopped(String reason) {
        super(reason);
    }
}
