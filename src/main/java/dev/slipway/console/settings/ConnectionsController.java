package dev.slipway.console.settings;

import dev.slipway.console.fx.ScreenController;
import dev.slipway.console.shell.ScreenContext;

/// Which backends there are, and which one is open.
public final class ConnectionsController implements ScreenController {
    public ConnectionsController(ScreenContext context, Desk desk, Connection open) {}

    @Override
    public void shown() {}

    @Override
    public void hidden() {}
}
