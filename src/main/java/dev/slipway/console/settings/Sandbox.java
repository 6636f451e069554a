package dev.slipway.console.settings;

/// What the console can do to the sandbox that it has started. All of it blocks.
public interface Sandbox {
    /// Kills the backend.
    void stopBackend() throws Exception;

    /// Starts the backend again over the state that it left.
    void startBackend() throws Exception;

    /// How many visitors come.
    ///
    /// @param factor 1 is what suits the machine
    void visitors(double factor) throws Exception;
}
