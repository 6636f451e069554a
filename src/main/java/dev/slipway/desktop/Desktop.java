package dev.slipway.desktop;

import dev.slipway.console.ConsoleCommand;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The console on a small living world of its own: what a newcomer gets.
public final class Desktop {
    private Desktop() {}

    /// Opens the console on a world that starts meanwhile, and ends it when the window is closed.
    ///
    /// @param home the world's folder is `sandbox` in it, the console's `console`
    public static void open(Path home) throws IOException, InterruptedException {
        try (var world = new SmallWorld(home.resolve("sandbox"), List.of())) {
            ConsoleCommand.open(
                    ConsoleCommand.folder(home),
                    Optional.of(world.connection()),
                    Optional.of(world));
        }
    }
}
