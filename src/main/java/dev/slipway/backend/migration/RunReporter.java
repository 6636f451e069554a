package dev.slipway.backend.migration;

import dev.slipway.api.events.Kind;
import dev.slipway.api.migration.Chunk;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.StepState;
import dev.slipway.api.migration.Validation;
import dev.slipway.api.migration.Waiting;
import dev.slipway.backend.migration.engine.Forecast;
import dev.slipway.backend.migration.engine.Listener;
import dev.slipway.backend.migration.plan.Window;
import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tells the state database how a run gets on: gathered, written a few times a second, so that the
/// run does not wait for it. Chunks and quarantined rows are told up to a bound; the ledger has all
/// of them.
final class RunReporter implements Listener {
    private static final long EVERY_NANOS = 250_000_000L;
    private static final int CHUNKS_AT_ONCE = 20;
    private static final int QUARANTINED_PER_STEP = 50;

    private final StateStore store;
    private final MigrationStore runs;
    private final Events events;
    private final JobContext job;
    private final String runId;
    private final Forecast forecast = new Forecast();
    private final Map<String, Integer> told = new LinkedHashMap<>();
    private final List<Chunk> chunks = new ArrayList<>();
    private final List<Quarantined> quarantined = new ArrayList<>();
    private final List<Validation> validations = new ArrayList<>();
    private final Window window;
    private final InstantSource clock;
    private @Nullable Waiting waiting;
    private long written;

    RunReporter(
            StateStore store,
            MigrationStore runs,
            Events events,
            JobContext job,
            String runId,
            Window window,
            InstantSource clock) {
        this.store = store;
        this.runs = runs;
        this.events = events;
        this.job = job;
        this.runId = runId;
        this.window = window;
        this.clock = clock;
    }

    @Override
    public void step(StepProgress step) {
        long now = System.nanoTime();
        StepProgress before = forecast.step(step, now);
        boolean turned = before == null || before.state() != step.state();
        if (turned && step.state() != StepState.WAITING) {
            job.log(step.name() + ": " + step.state().name().toLowerCase(java.util.Locale.ROOT));
        }
        job.progress(forecast.read(), forecast.rows());
        if ((turned && step.state() != StepState.WAITING) || now - written > EVERY_NANOS) {
            write(now);
        }
    }

    @Override
    public void waiting(@Nullable Waiting why) {
        Waiting before = waiting;
        waiting = why;
        long now = System.nanoTime();
        if (why != null && (before == null || !why.since().equals(before.since()))) {
            job.log("waits: " + why.reason());
        }
        forecast.waits(why != null, now);
        if ((why == null) != (before == null) || now - written > EVERY_NANOS) {
            write(now);
        }
    }

    @Override
    public void told(String what) {
        job.log(what);
    }

    @Override
    public void chunk(Chunk chunk) {
        if (chunks.size() < CHUNKS_AT_ONCE) {
            chunks.add(chunk);
        }
    }

    @Override
    public void quarantined(List<Quarantined> rows) {
        for (Quarantined row : rows) {
            if (told.merge(row.step(), 1, Integer::sum) <= QUARANTINED_PER_STEP) {
                quarantined.add(row);
            }
        }
    }

    @Override
    public void validation(Validation validation) {
        validations.add(validation);
        if (!validation.passed()) {
            job.log("red: " + validation.step() + " " + validation.name());
        }
    }

    /// The steps as they were told last.
    List<StepProgress> steps() {
        return forecast.steps();
    }

    /// Writes what was gathered.
    void flush() {
        write(System.nanoTime());
    }

    private void write(long now) {
        written = now;
        store.writing(
                handle -> {
                    runs.find(handle, runId).ifPresent(known -> tell(handle, known.run(), now));
                });
        chunks.clear();
        quarantined.clear();
        validations.clear();
    }

    private void tell(Handle handle, Run run, long now) {
        double perSecond = forecast.perSecond(now);
        Duration left = forecast.left(now);
        Instant at = clock.instant();
        var timing =
                Runs.waiting(
                        run.timing(),
                        waiting,
                        window.open(at) ? window.closes(at).orElse(null) : null,
                        left == null ? null : window.end(at, left).orElse(null));
        // who waits before it begins has no steps to tell of: those that are known stay
        List<StepProgress> all = steps().isEmpty() ? run.steps() : steps();
        Long eta = left == null ? null : left.toSeconds();
        runs.save(handle, Runs.at(run, all, perSecond, eta, timing));
        chunks.forEach(c -> events.publish(handle, Kind.CHUNK, c.id(), c));
        quarantined.forEach(q -> events.publish(handle, Kind.QUARANTINED, q.id(), q));
        validations.forEach(v -> events.publish(handle, Kind.VALIDATION, v.id(), v));
    }
}
