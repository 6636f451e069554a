package dev.slipway.sandbox;

import dev.slipway.config.Configuration;
import dev.slipway.config.Section;
import dev.slipway.sandbox.generate.Size;
import dev.slipway.sandbox.visitors.Crowd;
import dev.slipway.shop.ShopSettings;

import java.nio.file.Path;
import java.util.Optional;

/// The section `sandbox`.
///
/// @param seed where the legacy data and the visitors come from
/// @param edgeState keeps the weight over a restart
/// @param perSecond visitors' requests; empty to measure what suits the machine
public record SandboxSettings(
        long seed,
        Size size,
        int legacyPort,
        int edgePort,
        Path edgeTokenFile,
        Path edgeState,
        Optional<Double> perSecond) {

    /// @throws dev.slipway.config.BadFile if the section is wrong
    public static SandboxSettings read(Configuration configuration) {
        SandboxSettings settings;
        try (var section = configuration.section("sandbox")) {
            settings =
                    new SandboxSettings(
                            seed(section),
                            size(section),
                            ShopSettings.port(section, "legacy-port"),
                            ShopSettings.port(section, "edge-port"),
                            configuration.path(section.text("edge-token-file", "edge/token")),
                            configuration.path(section.text("edge-state", "edge/weight.json")),
                            perSecond(section));
        }
        configuration.check();
        return settings;
    }

    private static long seed(Section section) {
        String text = section.text("seed", "42");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            section.problem("seed", "'seed' must be a whole number, not '" + text + "'");
            return 0;
        }
    }

    private static Size size(Section section) {
        int lines = section.integer("lines", 200_000);
        if (lines >= Size.FEWEST_LINES) {
            return new Size(lines);
        }
        section.problem("lines", "'lines' must be at least " + Size.FEWEST_LINES);
        return new Size(Size.FEWEST_LINES);
    }

    private static Optional<Double> perSecond(Section section) {
        String text = section.textOrNull("visitors-per-second");
        if (text == null) {
            return Optional.empty();
        }
        try {
            double perSecond = Double.parseDouble(text);
            if (perSecond >= 0 && perSecond <= Crowd.MOST_PER_SECOND) {
                return Optional.of(perSecond);
            }
        } catch (NumberFormatException e) {
            // told below, as for a number that is out of bounds
        }
        section.problem(
                "visitors-per-second",
                "'visitors-per-second' must be from 0 to " + (int) Crowd.MOST_PER_SECOND);
        return Optional.empty();
    }
}
