package dev.slipway.backend.migration;

import dev.slipway.config.Configuration;
import dev.slipway.config.Database;
import dev.slipway.config.Section;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the sections `migration` and `databases` say.
///
/// @param plans the folder of plans
/// @param databases those that plans may name
public record MigrationSettings(Path plans, Map<String, Database> databases) {

    public MigrationSettings {
        databases = Map.copyOf(databases);
    }

    /// Reads both sections. Without `plans` it is the folder `plans` in the home folder.
    ///
    /// @throws dev.slipway.config.BadFile naming everything that is wrong
    public static MigrationSettings read(Configuration configuration, Path home) {
        Path plans;
        try (Section section = configuration.section("migration")) {
            plans =
                    section.has("plans")
                            ? configuration.path(section.text("plans"))
                            : home.resolve("plans");
        }
        configuration.check();
        Map<String, Database> databases = new LinkedHashMap<>();
        for (String name : List.copyOf(configuration.section("databases").keys())) {
            databases.put(name, configuration.database(name));
        }
        return new MigrationSettings(plans, databases);
    }

    /// A database by its name.
    public Optional<Database> database(String name) {
        return Optional.ofNullable(databases.get(name));
    }
}
