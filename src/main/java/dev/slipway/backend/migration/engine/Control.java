package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.Pace;

/// Tells a run at each chunk's end whether to go on, and how fast.
@FunctionalInterface
public interface Control {
    /// Goes on to the end.
    Control GO_ON = () -> Signal.GO;

    /// What to do next.
    enum Signal {
        GO,
        PAUSE,
        CANCEL,
        /// Only a gate says so: its window is closed.
        CLOSED
    }

    Signal signal();

    /// What a person wants just now.
    default Pace pace() {
        return Pace.OF_PLAN;
    }
}
