package dev.slipway.backend.migration.command;

import dev.slipway.api.migration.Pace;
import dev.slipway.api.migration.Waiting;
import dev.slipway.backend.migration.engine.Control;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.Window;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.throttle.Brake;
import dev.slipway.backend.migration.throttle.Brakes;
import dev.slipway.config.Database;

import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The options that say when a migration reads and how fast, over what the plan says of it.
final class GentleOptions extends RateOptions {
    private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    @Option(
            names = "--chunk-rows",
            description = "The most rows of a chunk. Default: as the plan says.")
    private int chunkRows;

    /// What holds the run back. The caller closes it.
    ///
    /// @param from the source as the command line names it, by whose user replicas are asked
    /// @throws dev.slipway.config.BadFile if the plan wants something watched that can't be
    Brake brake(MigrationPlan plan, Source source, Database from) {
        return new Brakes(clock, name -> replica(name, from), null).of(window(plan), plan, source);
    }

    /// When the run may read.
    Window window(MigrationPlan plan) {
        return ignoreWindow ? Window.ALWAYS : plan.window();
    }

    /// Goes on to the end at the pace that was asked for.
    Control control() {
        var pace = new Pace(Math.max(0, rowsPerSecond), Math.max(0, chunkRows));
        return new Control() {
            @Override
            public Signal signal() {
                return Signal.GO;
            }

            @Override
            public Pace pace() {
                return pace;
            }
        };
    }

    /// Waits until a run may go on. It holds nothing meanwhile.
    ///
    /// @return false if that will never be
    boolean await(Waiting waiting, PrintWriter err) {
        Instant until = waiting.until();
        err.printf(
                Locale.ROOT,
                "waiting: %s%s%n",
                waiting.reason(),
                until == null ? "" : "; it opens at " + until);
        err.flush();
        if (until == null) {
            return false;
        }
        while (clock.instant().isBefore(until)) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
        }
        return true;
    }
}
