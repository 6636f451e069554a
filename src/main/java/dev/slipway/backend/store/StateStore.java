package dev.slipway.backend.store;

import dev.slipway.config.Database;

import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// The state database, shared by servers and workers: SQLite in a folder, or PostgreSQL. Everything
/// in it is reached through [#read] and [#write], which are one transaction each and hold on both
/// engines what one writer at a time would hold.
public final class StateStore implements AutoCloseable {
    private final Engine engine;

    private StateStore(Engine engine) {
        this.engine = engine;
    }

    /// Opens `state.sqlite` in a folder, which is made if there is none, and brings its schema up
    /// to date.
    ///
    /// @throws UncheckedIOException if the folder can't be used
    public static StateStore open(Path folder) {
        try {
            return new StateStore(SqliteEngine.open(folder));
        } catch (IOException e) {
            throw new UncheckedIOException("can't use the state folder " + folder, e);
        }
    }

    /// Opens a PostgreSQL database and brings its schema up to date.
    ///
    /// @throws IllegalStateException if it can't be reached or used
    public static StateStore open(Database database) {
        return new StateStore(PostgresEngine.open(database));
    }

    /// The time of the database's own machine; empty if it is part of this process, whose clock it
    /// goes by.
    Optional<Instant> serverTime() {
        return engine.serverTime();
    }

    /// Reads in one transaction: all of it sees the database at one moment.
    public <T, X extends Exception> T read(HandleCallback<T, X> work) throws X {
        return engine.read(work);
    }

    /// Writes in one transaction, as if no one else wrote meanwhile. Never nested: the second would
    /// wait for the first. PostgreSQL may undo it and have it done again, so that it must change
    /// nothing but the database, or bear to be called twice.
    public <T, X extends Exception> T write(HandleCallback<T, X> work) throws X {
        return engine.write(work);
    }

    /// Writes in one transaction that gives nothing back.
    public <X extends Exception> void writing(HandleConsumer<X> work) throws X {
        engine.write(work.asCallback());
    }

    /// Writes in one transaction beside those of others: for what many do many times a second. Each
    /// statement must carry its guard (`UPDATE … WHERE state = …`), for what an earlier statement
    /// read may no longer hold. On SQLite it is the same as [#write].
    public <T, X extends Exception> T alongside(HandleCallback<T, X> work) throws X {
        return engine.alongside(work);
    }

    /// Writes as [#alongside] does, but not while someone else writes [#alone]: for one of many
    /// steps in a row upon a row that a [#write] may want as well. That gets it at last, for what
    /// meets others again and again is let through alone.
    public <T, X extends Exception> T inTurn(HandleCallback<T, X> work) throws X {
        return engine.inTurn(work);
    }

    /// Writes in one transaction while no other [#write] runs: for what takes away that on which
    /// others rely as they begin.
    public <T, X extends Exception> T alone(HandleCallback<T, X> work) throws X {
        return engine.alone(work);
    }

    /// Gives the committed events their numbers, where that isn't done as they are written. Only
    /// numbered events can be read.
    public void numberEvents() {
        engine.numberEvents();
    }

    /// Adds up what triggers counted in pieces; called now and then.
    public void fold() {
        engine.fold();
    }

    /// What one of several servers does for all.
    public Turns turns() {
        return engine.turns();
    }

    @Override
    public void close() {
        engine.close();
    }
}
