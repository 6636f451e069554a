package dev.slipway.console.shell;

import dev.slipway.console.fx.Theme;
import dev.slipway.console.fx.Ticker;

import javafx.beans.property.ObjectProperty;
import javafx.util.Callback;

/// What the window's frame is made with.
///
/// @param connectionName what the environment is called until it says its name
/// @param controllers makes the screens' controllers
/// @param reconnect tries to connect again now
public record Shell(
        ScreenContext context,
        String connectionName,
        Callback<Class<?>, Object> controllers,
        Ticker ticker,
        ObjectProperty<Theme> theme,
        Runnable reconnect) {}
