package dev.slipway.desktop;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Whether there is a screen to open a window on.
public final class Display {
    /// The library that JavaFX opens windows with on Linux; it does not come with JavaFX.
    private static final String GTK = "libgtk-3.so.0";

    private Display() {}

    /// Why there can be no window; empty if there can be one.
    public static Optional<String> missing(Map<String, String> environment) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.contains("windows") || system.contains("mac")) {
            return Optional.empty();
        }
        if (environment.getOrDefault("DISPLAY", "").isBlank()
                && environment.getOrDefault("WAYLAND_DISPLAY", "").isBlank()) {
            return Optional.of("there is no display (DISPLAY is not set)");
        }
        return isThere(GTK)
                ? Optional.empty()
                : Optional.of("GTK 3 is not installed (" + GTK + "; Debian: libgtk-3-0)");
    }

    private static boolean isThere(String library) {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup.libraryLookup(library, arena);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
