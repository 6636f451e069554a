package dev.slipway.backend.queues;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.queues.Job;
import dev.slipway.backend.queues.Leases.Progress;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// One claim of a job, from the claim to its end. Progress and log lines are gathered here and
/// written by the worker's clock, so a handler may report as often as it likes.
final class JobRun implements JobContext {
    /// Lines that one claim may write.
    static final int MOST_LINES = 1_000;

    private static final int MOST_CHARACTERS = 2_000;

    /// What has run this long did not kill the worker before.
    private static final Duration BEGUN = Duration.ofMinutes(1);

    private final StoredJob held;
    private final boolean resident;
    private final Instant since;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final ReentrantLock writing = new ReentrantLock();
    private final List<Leases.Line> lines = new ArrayList<>();
    private int linesTaken;
    private long done;
    private long total;
    private boolean untold = true;
    private volatile Instant until;
    private volatile boolean lost;
    private volatile boolean draining;
    private volatile boolean cancelled;
    private volatile boolean toldToStop;
    private volatile @Nullable Long cpuMillis;

    JobRun(
            StoredJob held,
            boolean resident,
            Instant until,
            ObjectMapper json,
            InstantSource clock) {
        this.held = held;
        this.resident = resident;
        this.since = clock.instant();
        this.until = until;
        this.json = json;
        this.clock = clock;
        this.done = held.job().done();
        this.total = held.job().total();
    }

    StoredJob held() {
        return held;
    }

    @Override
    public String id() {
        return held.job().id();
    }

    @Override
    public int attempt() {
        return held.job().attempt();
    }

    @Override
    public <T> T payload(Class<T> type) {
        try {
            return json.readValue(held.payload(), type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the job's payload is no " + type.getName(), e);
        }
    }

    @Override
    public synchronized void progress(long nowDone, long nowTotal) {
        untold |= done != nowDone || total != nowTotal;
        done = nowDone;
        total = nowTotal;
    }

    @Override
    public synchronized long done() {
        return done;
    }

    @Override
    public void log(String message) {
        line("INFO", message);
    }

    @Override
    public boolean stopping() {
        boolean stop = draining || cancelled || lost();
        toldToStop |= stop;
        return stop;
    }

    /// Whether the handler knows that it should have stopped before its end.
    boolean toldToStop() {
        return toldToStop;
    }

    /// Whether another worker may hold the job by now.
    boolean lost() {
        return lost || !clock.instant().isBefore(until);
    }

    void drain() {
        draining = true;
    }

    /// Someone wants the job to stop.
    void cancel() {
        cancelled = true;
    }

    /// Takes note of the CPU time that its handler's thread took.
    void took(Duration cpu) {
        cpuMillis = cpu.toMillis();
    }

    void line(String level, String message) {
        var line = new Leases.Line(clock.instant(), level, ErrorText.cut(message, MOST_CHARACTERS));
        synchronized (this) {
            linesTaken++;
            if (linesTaken < MOST_LINES || !level.equals("INFO")) {
                lines.add(line);
            } else if (linesTaken == MOST_LINES) {
                lines.add(new Leases.Line(line.at(), "WARNING", "Further lines are not kept."));
            }
        }
    }

    /// Keeps two threads from writing for the same claim at the same time.
    ReentrantLock writing() {
        return writing;
    }

    /// Whether there is something to write: a first sign of life, progress or lines.
    synchronized boolean hasNews() {
        return untold || !lines.isEmpty();
    }

    /// Renews the lease and writes what was gathered; the caller holds [#writing] until it has told
    /// by [#kept] that the transaction stands.
    Kept keep(Handle handle, Leases leases, Instant renewedUntil) {
        Gathered gathered = gather();
        Optional<Job> now = leases.renew(handle, held, renewedUntil, gathered.progress, begun());
        if (now.isPresent()) {
            gathered.lines.forEach(line -> leases.line(handle, held, line));
        }
        return new Kept(
                now, gathered.changed, gathered.progress, gathered.lines.size(), renewedUntil);
    }

    private boolean begun() {
        return resident && clock.instant().isAfter(since.plus(BEGUN));
    }

    /// Writes how it ended, with what was gathered until then.
    ///
    /// @return false if the lease was lost, and nothing was written
    boolean end(Handle handle, Endings endings, Outcome outcome) {
        Gathered gathered = gather();
        var told = new Endings.Told(gathered.progress, gathered.lines, cpuMillis);
        return endings.write(handle, held, told, outcome, clock.instant());
    }

    private synchronized Gathered gather() {
        return new Gathered(List.copyOf(lines), new Progress(done, total), untold);
    }

    private record Gathered(List<Leases.Line> lines, Progress progress, boolean changed) {}

    /// What [#keep] wrote is committed.
    void kept(Kept written) {
        synchronized (this) {
            lines.subList(0, written.lines).clear();
            // what was reported meanwhile is not told yet
            untold &= !written.progress.equals(new Progress(done, total));
        }
        if (written.job.isPresent()) {
            until = written.until;
        } else {
            lost = true;
        }
    }

    /// @param job as it now stands; empty if the lease is lost
    /// @param changed whether there is progress to tell
    /// @param progress what was written
    record Kept(Optional<Job> job, boolean changed, Progress progress, int lines, Instant until) {}
}
