package dev.slipway.backend.tasks.export.source;

import dev.slipway.api.migration.QuarantineState;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.migration.RunDetails;
import dev.slipway.backend.migration.ledger.QuarantineFilter;
import dev.slipway.backend.tasks.export.file.Column;
import dev.slipway.backend.tasks.export.file.Column.DoesNotFit;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The rows that a migration run refused, as its target's ledger keeps them, by step and key.
public final class QuarantineSource implements RowSource {
    private static final List<Column> COLUMNS =
            List.of(
                    Column.text("run"),
                    Column.text("step"),
                    Column.text("key"),
                    Column.of("chunk", Column.Type.INTEGER),
                    Column.text("column"),
                    Column.text("rule"),
                    Column.text("reason"),
                    Column.text("value"),
                    Column.text("state"),
                    Column.text("acted_by"),
                    Column.of("acted_at", Column.Type.TIMESTAMP),
                    Column.text("note"),
                    Column.text("raw_row"),
                    Column.text("corrected"));

    private final RunDetails runs;
    private final InstantSource clock;

    public QuarantineSource(RunDetails runs, InstantSource clock) {
        this.runs = runs;
        this.clock = clock;
    }

    @Override
    public void check(ExportFilter which) {
        Fields.none("Rows in quarantine", which, "from", "to", "vendor");
        if (which.run() == null || which.run().isEmpty()) {
            throw Refused.badRequest("/which/run", "The migration run is needed.");
        }
        filter(which);
        runs.checkReachable(which.run());
    }

    @Override
    public String query() {
        return "quarantine";
    }

    @Override
    public void read(ExportFilter which, long skip, RowSink to)
            throws SQLException, IOException, DoesNotFit {
        String run = String.valueOf(which.run());
        var asOf = clock.instant();
        runs.eachInQuarantine(
                run,
                filter(which),
                new RunDetails.Refusals<DoesNotFit>() {
                    private long met;

                    @Override
                    public void begin(long total) throws IOException {
                        to.begin(COLUMNS, total, asOf);
                    }

                    @Override
                    public boolean row(Quarantined row, String raw, @Nullable String corrected)
                            throws IOException, DoesNotFit {
                        met++;
                        return met <= skip ? to.skipped() : to.row(values(row, raw, corrected));
                    }
                });
    }

    private static QuarantineFilter filter(ExportFilter which) {
        return new QuarantineFilter(
                text(which.step()),
                which.column(),
                text(which.rule()),
                states(which.state()),
                text(which.text()),
                List.of());
    }

    private static Set<QuarantineState> states(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return EnumSet.allOf(QuarantineState.class);
        }
        return Arrays.stream(QuarantineState.values())
                .filter(state -> state.name().equals(name))
                .findFirst()
                .map(EnumSet::of)
                .orElseThrow(
                        () ->
                                Refused.badRequest(
                                        "/which/state", "One of OPEN, ACCEPTED, RESOLVED."));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable Object[] values(
            Quarantined row, String raw, @Nullable String corrected) {
        return new @Nullable Object[] {
            row.runId(),
            row.step(),
            row.key(),
            (long) row.chunk(),
            row.column(),
            row.rule(),
            row.reason(),
            row.value(),
            row.state().name(),
            row.actedBy(),
            row.actedAt(),
            row.note(),
            raw,
            corrected
        };
    }
}
