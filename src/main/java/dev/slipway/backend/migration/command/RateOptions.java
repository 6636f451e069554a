package dev.slipway.backend.migration.command;

import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.Window;
import dev.slipway.backend.migration.sync.Sync;
import dev.slipway.backend.migration.throttle.Brakes;
import dev.slipway.config.Database;

import picocli.CommandLine.Option;

import java.sql.SQLException;
import java.time.InstantSource;

/// The options that say when a source is read and how fast, over what the plan says of it.
class RateOptions {
    @Option(
            names = "--ignore-window",
            description = "Reads from the source even while the plan's window is closed.")
    boolean ignoreWindow;

    @Option(
            names = "--rows-per-second",
            description = "The most rows read in a second. Default: as the plan says.")
    int rowsPerSecond;

    final InstantSource clock = InstantSource.system();

    /// Lets a sync read whole steps by the plan's window, and these and what it compares by the
    /// plan's ceilings and rate.
    void hold(Sync sync, MigrationPlan plan, Database from) {
        int most = rowsPerSecond > 0 ? rowsPerSecond : plan.throttle().rowsPerSecond();
        var brakes = new Brakes(clock, name -> replica(name, from), null);
        sync.gently(
                ignoreWindow ? Window.ALWAYS : plan.window(),
                source -> brakes.of(Window.ALWAYS, plan, source),
                () -> most);
    }

    static Database replica(String name, Database from) throws SQLException {
        if (!name.startsWith("jdbc:")) {
            throw new SQLException(
                    "'replicas' names '"
                            + name
                            + "', which only a backend's configuration knows; name its JDBC URL");
        }
        return new Database(name, from.user(), from.password());
    }
}
