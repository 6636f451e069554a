package dev.slipway.backend.migration.command;

import dev.slipway.backend.migration.sync.SyncListener;
import dev.slipway.backend.migration.sync.SyncStatus;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/// Tells on standard error how a sync stands.
final class SyncPrinter implements SyncListener {
    private final PrintWriter err;
    private @Nullable SyncStatus last;

    SyncPrinter(PrintWriter err) {
        this.err = err;
    }

    /// What a sync came to, for a file.
    record Report(String plan, @Nullable SyncStatus sync) {}

    @Override
    public void status(SyncStatus status) {
        last = status;
        err.printf(
                Locale.ROOT,
                "sync %s: %s, %,d changes, %,d waiting, %s%s%s%n",
                status.phase(),
                status.behindSeconds() < 0
                        ? "how far behind is not known yet"
                        : status.behindSeconds() + " s behind",
                status.changes(),
                status.waiting(),
                status.verifiedAt().equals(Instant.EPOCH)
                        ? "not verified yet"
                        : "verified at " + status.verifiedAt(),
                status.detail().isEmpty() ? "" : ": " + status.detail(),
                status.waits().isEmpty() ? "" : "; waits to read: " + status.waits());
        err.flush();
    }

    @Override
    public void validated() {
        err.println("the run is validated");
        err.flush();
    }

    void report(Path file, String plan) throws IOException {
        new ReportFile(file).write(new Report(plan, last));
    }
}
