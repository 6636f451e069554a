package dev.slipway.backend.migration;

import dev.slipway.api.Page;
import dev.slipway.api.migration.Chunk;
import dev.slipway.api.migration.QuarantineReason;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.Replayed;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.Validation;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.Streamed;
import dev.slipway.backend.migration.ledger.Chunks;
import dev.slipway.backend.migration.ledger.Keys;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.Quarantine;
import dev.slipway.backend.migration.ledger.QuarantineCsv;
import dev.slipway.backend.migration.ledger.QuarantineFilter;
import dev.slipway.backend.migration.ledger.Replays;
import dev.slipway.backend.migration.ledger.Validations;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.backend.store.StateStore;
import dev.slipway.config.Database;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// What only the ledger in a run's target knows: chunks, quarantine, validations. It is read there,
/// not copied, so it can't say anything else than the rows beside it.
public final class RunDetails {
    private static final String BETWEEN = "|";
    private static final int AT_ONCE = 500;
    private final StateStore store;
    private final MigrationStore runs;
    private final PlanFolder plans;

    public RunDetails(StateStore store, MigrationStore runs, PlanFolder plans) {
        this.store = store;
        this.runs = runs;
        this.plans = plans;
    }

    private interface Question<T> {
        T ask(Ledger ledger, Run run) throws SQLException;
    }

    /// Ended chunks in the order of steps and numbers.
    ///
    /// @param step only of this step, or empty for all
    Page<Chunk> chunks(String runId, String step, String after, int limit) {
        return ask(
                runId,
                (ledger, run) -> {
                    String[] cursor = cursor(after);
                    var chunks = new Chunks(ledger, new Worker(""));
                    List<Chunk> found = new ArrayList<>();
                    long total = 0;
                    boolean begun = cursor[0].isEmpty();
                    for (StepProgress each : run.steps()) {
                        if (!step.isEmpty() && !step.equals(each.name())) {
                            continue;
                        }
                        total += each.chunksDone();
                        boolean here = each.name().equals(cursor[0]);
                        begun |= here;
                        int from = here ? number(cursor[1]) + 1 : 1;
                        int wanted = limit + 1 - found.size();
                        if (begun && wanted > 0) {
                            for (var done : chunks.done(runId, each.name(), from, wanted)) {
                                found.add(done.chunk(runId, each.name()));
                            }
                        }
                    }
                    boolean more = found.size() > limit;
                    List<Chunk> shown = more ? found.subList(0, limit) : found;
                    String next =
                            more
                                    ? shown.getLast().step() + BETWEEN + shown.getLast().number()
                                    : null;
                    return new Page<>(shown, next, total);
                });
    }

    /// Rows in quarantine in the order of step and key.
    Page<Quarantined> quarantine(String runId, QuarantineFilter which, String after, int limit) {
        return ask(
                runId,
                (ledger, run) -> {
                    String[] cursor = cursor(after);
                    var quarantine = new Quarantine(ledger);
                    var found = quarantine.page(runId, which, cursor[0], cursor[1], limit + 1);
                    boolean more = found.size() > limit;
                    List<Quarantined> shown = more ? found.subList(0, limit) : found;
                    String next =
                            more ? shown.getLast().step() + BETWEEN + shown.getLast().key() : null;
                    long total = quarantine.count(runId, which);
                    return new Page<>(shown, next, total);
                });
    }

    /// How many rows each rule refused in each column, the most first.
    Page<QuarantineReason> reasons(String runId) {
        return ask(
                runId,
                (ledger, _) -> {
                    List<QuarantineReason> found = new Quarantine(ledger).rules(runId);
                    return new Page<>(found, null, (long) found.size());
                });
    }

    /// The replays of a run, the latest first.
    Page<Replayed> replays(String runId) {
        return ask(
                runId,
                (ledger, _) -> {
                    List<Replayed> found = new Replays(ledger).all(runId);
                    return new Page<>(found, null, (long) found.size());
                });
    }

    /// Rows in quarantine as CSV, written as they are read.
    ///
    /// @throws Refused 404, or 503 if the target does not answer
    Streamed export(String runId, QuarantineFilter which) {
        Database database = database(runId);
        // a page of nothing: whatever is wrong is said before the first byte
        ask(runId, (_, _) -> new Page<>(List.of(), null, 0L));
        return out -> {
            try (Target target = Targets.reading(database)) {
                var ledger = new Ledger(target, InstantSource.system());
                var text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
                if (ledger.exists()) {
                    new QuarantineCsv(new Quarantine(ledger)).write(runId, which, text);
                }
                text.flush();
            } catch (SQLException e) {
                // the client sees that it is cut off
                throw new IOException(e);
            }
        };
    }

    /// Takes the rows in quarantine that an export wants.
    public interface Refusals<X extends Exception> {
        /// @param total how many rows will follow
        void begin(long total) throws IOException, X;

        /// @param raw the raw row as JSON
        /// @param corrected values that count instead, as JSON, or null if there are none
        /// @return false if no more are wanted
        boolean row(Quarantined row, String raw, @Nullable String corrected) throws IOException, X;
    }

    /// @throws Refused 404, or 503 if the target does not answer
    public void checkReachable(String runId) {
        ask(runId, (_, _) -> new Page<>(List.of(), null, 0L));
    }

    /// Reads rows in quarantine by step and key, from one view of the target.
    ///
    /// @throws Refused 404
    public <X extends Exception> void eachInQuarantine(
            String runId, QuarantineFilter which, Refusals<X> to)
            throws SQLException, IOException, X {
        try (Target target = Targets.reading(database(runId))) {
            var ledger = new Ledger(target, InstantSource.system());
            if (!ledger.exists()) {
                to.begin(0);
                return;
            }
            oneView(target);
            var quarantine = new Quarantine(ledger);
            to.begin(quarantine.count(runId, which));
            String step = "";
            String key = "";
            List<Quarantined> some = quarantine.page(runId, which, step, key, AT_ONCE);
            while (!some.isEmpty()) {
                for (Quarantined row : some) {
                    String corrected = row.corrected().isEmpty() ? null : Keys.row(row.corrected());
                    if (!to.row(row, Keys.row(row.row()), corrected)) {
                        return;
                    }
                }
                step = some.getLast().step();
                key = some.getLast().key();
                some = quarantine.page(runId, which, step, key, AT_ONCE);
            }
        }
    }

    /// SQLite keeps to the view of a transaction's first read by itself.
    private static void oneView(Target target) throws SQLException {
        target.connection().commit();
        if (!target.dialect().equals("sqlite")) {
            try (var statement = target.connection().createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            }
        }
    }

    private Database database(String runId) {
        StoredRun known = known(runId);
        return plans.database(plans.read(known.run().plan(), known.yaml()).target());
    }

    private StoredRun known(String runId) {
        return store.read(
                handle ->
                        runs.find(handle, runId).orElseThrow(() -> Refused.notFound("run", runId)));
    }

    Page<Validation> validations(String runId) {
        return ask(
                runId,
                (ledger, _) -> {
                    List<Validation> found = new Validations(ledger).of(runId);
                    return new Page<>(found, null, (long) found.size());
                });
    }

    private <T> Page<T> ask(String runId, Question<Page<T>> question) {
        StoredRun known = known(runId);
        try (Target target = Targets.reading(database(runId))) {
            var ledger = new Ledger(target, InstantSource.system());
            if (ledger.exists()) {
                ledger.upgrade();
            }
            return ledger.exists()
                    ? question.ask(ledger, known.run())
                    : new Page<>(List.of(), null, 0L);
        } catch (SQLException e) {
            throw new Refused(
                    503,
                    "target",
                    "The run's target does not answer: " + e.getMessage() + ". Try again later.",
                    List.of());
        }
    }

    private static String[] cursor(String after) {
        if (after.isEmpty()) {
            return new String[] {"", ""};
        }
        int between = after.indexOf(BETWEEN);
        if (between < 1) {
            throw Refused.badRequest("after", "Not a cursor that this list gave.");
        }
        return new String[] {after.substring(0, between), after.substring(between + 1)};
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Refused.badRequest("after", "Not a cursor that this list gave.");
        }
    }
}
