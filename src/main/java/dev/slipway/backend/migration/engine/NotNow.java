package dev.slipway.backend.migration.engine;

import java.util.Objects;

/// A check was left off because nothing may be read any more; it is made anew when the run goes on.
final class NotNow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Control.Signal signal;

    NotNow(Control.Signal signal) {
        super(Objects.toString(signal), null, false, false);
        this.signal = signal;
    }

    Control.Signal signal() {
        return signal;
    }
}
