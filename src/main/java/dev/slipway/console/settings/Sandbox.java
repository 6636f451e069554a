package dev.slipway.console.settings;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// A sandbox that is the console's own, and what can be done to it. The commands block; they fail
/// while it is not up.
public interface Sandbox {
    /// How its backend is reached, once it is up.
    Connection connection();

    /// Starts it, unless that was done. Does not block.
    ///
    /// @param progress told, on any thread, each thing that it does while it starts
    /// @return done when it is up; fails if it does not come up, with a message for a person
    CompletionStage<Void> start(Consumer<String> progress);

    /// Kills the backend.
    void stopBackend() throws Exception;

    /// Starts the backend again over the state that it left.
    void startBackend() throws Exception;

    /// How many visitors come.
    ///
    /// @param factor 1 is what suits the machine
    void visitors(double factor) throws Exception;
}
