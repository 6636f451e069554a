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
/// @param hands how many chunks a run may have in work at once
public record MigrationSettings(Path plans, Map<String, Database> databases, int hands) {
    private static final int HANDS = 2;
    private static final int MOST_HANDS = 16;

    public MigrationSettings {
        databases = Map.copyOf(databases);
    }

    /// Reads both sections. Without `plans` it is the folder `plans` in the home folder; without
    /// `hands` a run has two.
    ///
    /// @throws dev.slipway.config.BadFile naming everything that is wrong
    public static MigrationSettings read(Configuration configuration, Path home) {
        Path plans;
        int hands;
        try (Section section = configuration.section("migration")) {
            plans =
                    section.has("plans")
                            ? configuration.path(section.text("plans"))
                            : home.resolve("plans");
            hands = section.integer("hands", HANDS);
            if (hands < 1 || hands > MOST_HANDS) {
                section.problem("hands", "'hands' must be from 1 to " + MOST_HANDS);
            }
        }
        configuration.check();
        Map<String, Database> databases = new LinkedHashMap<>();
        for (String name : List.copyOf(configuration.section("databases").keys())) {
            databases.put(name, configuration.database(name));
        }
        return new MigrationSettings(plans, databases, hands);
    }

    /// A database by its name.
    public Optional<Database> database(String name) {
        return Optional.ofNullable(databases.get(name));
    }
}
