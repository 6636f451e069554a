package dev.slipway.console.shell;

import dev.slipway.client.BackendClient;
import dev.slipway.client.offline.ConnectionState;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.console.fx.Background;
import dev.slipway.console.fx.FileDialogs;

import javafx.beans.property.ReadOnlyObjectProperty;

import java.time.InstantSource;
import java.util.ResourceBundle;
import java.util.function.Consumer;

/// What a screen's controller is made with: the one parameter of its constructor.
///
/// @param connection changes on the UI thread
/// @param screens shows another screen
public record ScreenContext(
        BackendClient client,
        OfflineStore store,
        Background background,
        Notices notices,
        ReadOnlyObjectProperty<ConnectionState> connection,
        InstantSource clock,
        ResourceBundle texts,
        FileDialogs files,
        Consumer<Screen> screens) {}
