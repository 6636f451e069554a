package dev.slipway.console.settings;

import java.util.Optional;
import java.util.function.Consumer;

/// What the Connections screen works on.
///
/// @param connect opens another connection in this window
/// @param sandbox the sandbox, if this console started one
public record Desk(
        SettingsFile settings, Consumer<Connection> connect, Optional<Sandbox> sandbox) {}
