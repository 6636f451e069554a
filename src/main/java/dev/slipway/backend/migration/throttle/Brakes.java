package dev.slipway.backend.migration.throttle;

import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.Throttle;
import dev.slipway.backend.migration.plan.Window;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.source.Vitals;
import dev.slipway.config.BadFile;
import dev.slipway.config.Database;
import dev.slipway.config.Problem;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Makes the brake that a plan asks for.
public final class Brakes {
    private static final double MILLIS = 1_000;
    private final InstantSource clock;
    private final Replicas replicas;
    private final @Nullable Gauge pages;

    /// Finds the database that a plan names as a replica.
    @FunctionalInterface
    public interface Replicas {
        /// @throws SQLException if there is none of that name
        Database named(String name) throws SQLException;
    }

    /// @param pages measures the legacy shop's p95 in milliseconds where a plan names no pages;
    ///   null if nothing does
    public Brakes(InstantSource clock, Replicas replicas, @Nullable Gauge pages) {
        this.clock = clock;
        this.replicas = replicas;
        this.pages = pages;
    }

    /// Begins to watch what a plan names.
    ///
    /// @param window when to read; [Window#ALWAYS] if the plan's is not to be looked at
    /// @throws BadFile if something can never be measured here
    public Brake of(Window window, MigrationPlan plan, Source source) {
        try {
            return of(window, plan.throttle(), source);
        } catch (SQLException e) {
            throw new BadFile(
                    plan.name(), List.of(new Problem(0, 0, "throttle: " + e.getMessage())));
        }
    }

    /// Begins to watch what no plan names.
    ///
    /// @throws SQLException if something can never be measured here
    public Brake of(Window window, Throttle throttle, Source source) throws SQLException {
        var brake = new Brake(window, clock);
        try {
            watch(brake, throttle, source);
            return brake;
        } catch (SQLException e) {
            brake.close();
            throw e;
        }
    }

    private void watch(Brake brake, Throttle throttle, Source source) throws SQLException {
        if (throttle.threadsRunning() > 0) {
            Vitals vitals = source.vitals();
            brake.watch(
                    new Ceiling("Threads_running", "", throttle.threadsRunning()),
                    gauge(vitals, vitals::threadsRunning));
        }
        Duration lag = throttle.replicaLag();
        if (lag != null) {
            if (throttle.replicas().isEmpty()) {
                brake.watch(ceiling("the source's replica lag", lag), lag(source.vitals()));
            }
            for (String name : throttle.replicas()) {
                Vitals vitals = Sources.vitals(replicas.named(name));
                brake.watch(ceiling("replica lag of " + name, lag), lag(vitals));
            }
        }
        Duration p95 = throttle.pageP95();
        if (p95 != null) {
            brake.watch(new Ceiling("page p95", " ms", p95.toMillis()), pages(throttle));
        }
    }

    private Gauge pages(Throttle throttle) throws SQLException {
        if (!throttle.pages().isEmpty()) {
            return new PageProbe(throttle.pages(), System::nanoTime);
        }
        if (pages == null) {
            throw new SQLException(
                    "'page-p95' needs 'pages' to probe: nothing else measures the shop's pages"
                            + " here");
        }
        return pages;
    }

    private static Ceiling ceiling(String name, Duration lag) {
        return new Ceiling(name, " s", lag.toMillis() / MILLIS);
    }

    private static Gauge lag(Vitals vitals) {
        return gauge(
                vitals,
                () ->
                        vitals.replicaLag()
                                        .orElseThrow(
                                                () -> new Gauge.Unknown("replication stands still"))
                                        .toMillis()
                                / MILLIS);
    }

    /// The gauge closes what it asks.
    private static Gauge gauge(Vitals vitals, Gauge reading) {
        return new Gauge() {
            @Override
            public double read() throws Unknown, SQLException, java.io.IOException {
                return reading.read();
            }

            @Override
            public void close() {
                vitals.close();
            }
        };
    }
}
