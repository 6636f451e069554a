package dev.slipway.desktop;

import dev.slipway.console.ConsoleCommand;
import dev.slipway.console.settings.Connection;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The console on a small living world of its own: what a newcomer gets.
public final class Desktop {
    private Desktop() {}

    /// Whether there is a screen to open a window on.
    public static boolean hasDisplay(Map<String, String> environment) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        boolean always = system.contains("windows") || system.contains("mac");
        return always
                || !environment.getOrDefault("DISPLAY", "").isBlank()
                || !environment.getOrDefault("WAYLAND_DISPLAY", "").isBlank();
    }

    /// Starts the world, opens the console on it and ends the world when the window is closed.
    ///
    /// @param home the world's folder is `sandbox` in it, the console's `console`
    public static void open(Path home) throws IOException, InterruptedException {
        Path folder = home.resolve("sandbox");
        System.err.println("Starting a small world in " + folder + " …");
        try (var world = SandboxProcess.start(folder, List.of(), System.err::println)) {
            ConsoleCommand.open(
                    ConsoleCommand.folder(home),
                    Optional.of(connection(world)),
                    Optional.of(new WorldControls(world)));
        }
    }

    /// How the console reaches a world's backend.
    public static Connection connection(SandboxProcess world) {
        return new Connection(
                "sandbox",
                URI.create(world.world().path("url").asText()),
                world.world().path("token-file").asText());
    }
}
