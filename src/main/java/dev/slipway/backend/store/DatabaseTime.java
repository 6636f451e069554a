package dev.slipway.backend.store;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.slipway.backend.rounds.Rounds;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The time that leases go by: the database's, which all processes share. Were each to go by its
/// own machine's clock, one that is ten seconds ahead would take over what another one is at. It is
/// asked every few seconds and runs on in between by what no one sets, so that a clock that is set
/// does no harm either.
public final class DatabaseTime implements InstantSource, AutoCloseable {
    /// Clocks further apart are told.
    static final Duration APART = Duration.ofSeconds(2);

    private static final System.Logger LOG = System.getLogger(DatabaseTime.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(3);
    private static final int FIRST_TRIES = 3;

    /// An answer is off by half of what it took at most. A quick one counts, a slow one only when
    /// the last that counted is old, and one that took longer still never.
    private static final Duration QUICK = Duration.ofMillis(20);

    private static final Duration OLD = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final Supplier<Instant> there;
    private final InstantSource here;
    private final LongSupplier nanos;
    private final Rounds rounds = new Rounds(DatabaseTime.class, "database-time");
    private volatile Standing standing;
    private boolean toldApart;

    /// @param took how long the answer took
    private record Standing(Instant at, long nanos, Duration took) {}

    /// @param there asks the database
    /// @param here this machine's clock
    /// @param nanos what no one sets, in nanoseconds
    DatabaseTime(Supplier<Instant> there, InstantSource here, LongSupplier nanos) {
        this.there = there;
        this.here = here;
        this.nanos = nanos;
        Standing best = ask();
        for (int i = 1; i < FIRST_TRIES; i++) {
            Standing next = ask();
            best = next.took.compareTo(best.took) < 0 ? next : best;
        }
        standing = best;
        tell();
    }

    /// The time of a store's database, kept up to date until this is closed.
    ///
    /// @param here this machine's clock
    /// @return empty if the database is part of this process, whose clock it goes by
    public static Optional<DatabaseTime> of(StateStore store, InstantSource here) {
        if (store.serverTime().isEmpty()) {
            return Optional.empty();
        }
        var time = new DatabaseTime(() -> store.serverTime().orElseThrow(), here, System::nanoTime);
        time.rounds.every(EVERY, EVERY, "the database's time can't be used", time::refresh);
        return Optional.of(time);
    }

    @Override
    public Instant instant() {
        Standing now = standing;
        return now.at.plusNanos(nanos.getAsLong() - now.nanos);
    }

    /// Asks again. While the database is away the time runs on.
    void refresh() {
        try {
            Standing next = ask();
            boolean old = next.nanos - standing.nanos > OLD.toNanos();
            if (next.took.compareTo(old ? LONGEST : QUICK) <= 0) {
                standing = next;
                tell();
            }
        } catch (RuntimeException e) {
            LOG.log(DEBUG, "the database does not tell its time", e);
        }
    }

    private Standing ask() {
        long before = nanos.getAsLong();
        Instant told = there.get();
        long after = nanos.getAsLong();
        // it was told about in the middle
        return new Standing(
                told.plusNanos((after - before) / 2), after, Duration.ofNanos(after - before));
    }

    private void tell() {
        Duration ahead = Duration.between(instant(), here.instant());
        boolean apart = ahead.abs().compareTo(APART) > 0;
        if (apart != toldApart) {
            LOG.log(
                    apart ? WARNING : INFO,
                    "the clock of this machine is {0} s {1} the database''s; jobs go by the"
                            + " database''s, the rest by this one",
                    ahead.abs().toMillis() / 1_000.0,
                    ahead.isNegative() ? "behind" : "ahead of");
        }
        toldApart = apart;
    }

    @Override
    public void close() {
        rounds.close();
    }
}
