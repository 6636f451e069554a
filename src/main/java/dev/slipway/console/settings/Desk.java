package dev.slipway.console.settings;

import dev.slipway.console.fx.FileDialogs;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/// What the Connections screen works on.
///
/// @param connect opens another connection in this window
/// @param kept what is kept offline of the connections that are not open
/// @param sandbox the sandbox, if this console started one
/// @param files asks for files
public record Desk(
        SettingsFile settings,
        Consumer<Connection> connect,
        Kept kept,
        Optional<Sandbox> sandbox,
        FileDialogs files) {

    /// What is kept offline.
    @FunctionalInterface
    public interface Kept {
        /// Deletes what is kept of a connection. Blocks.
        void forget(Connection connection) throws IOException;
    }
}
