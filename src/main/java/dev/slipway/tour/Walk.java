package dev.slipway.tour;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.slipway.client.BackendClient;
import dev.slipway.desktop.SmallWorld;

import java.nio.file.Path;

/// What a step of the tour works with: the console's controls by hand, and the world beside it to
/// hold what the console says against.
///
/// @param report what is measured, by step; becomes `tour.json`
record Walk(
        Hand hand,
        Pictures pictures,
        BackendClient backend,
        SmallWorld world,
        Settings settings,
        ObjectNode report) {

    /// @param seed of the sandbox's data and of the questions that both shops are asked
    record Settings(long seed, int lines, Path home, Path out) {
        /// The sandbox's own folder.
        Path sandbox() {
            return home.resolve("sandbox");
        }
    }

    /// A part of the report, made when it is first asked for.
    ObjectNode part(String name) {
        return report.withObjectProperty(name);
    }

    /// Where a part of the world serves.
    java.net.URI address(String part) {
        return java.net.URI.create(world.parts().path(part).asText());
    }
}
