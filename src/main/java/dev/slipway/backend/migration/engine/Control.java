package dev.slipway.backend.migration.engine;

/// Tells a run at each chunk's end whether to go on.
@FunctionalInterface
public interface Control {
    /// Goes on to the end.
    Control GO_ON = () -> Signal.GO;

    /// What to do next.
    enum Signal {
        GO,
        PAUSE,
        CANCEL
    }

    Signal signal();
}
