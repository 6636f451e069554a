package dev.slipway.backend.store;

import org.jdbi.v3.core.HandleCallback;

import java.time.Instant;
import java.util.Optional;

/// A database that can hold the state. SQL of the features runs on each of them; where they differ
/// a statement says `<skip_locked>`, which is `FOR UPDATE SKIP LOCKED` where there are row locks
/// and nothing where there is one writer anyway.
sealed interface Engine extends AutoCloseable permits SqliteEngine, PostgresEngine {
    <T, X extends Exception> T read(HandleCallback<T, X> work) throws X;

    <T, X extends Exception> T write(HandleCallback<T, X> work) throws X;

    <T, X extends Exception> T alongside(HandleCallback<T, X> work) throws X;

    <T, X extends Exception> T inTurn(HandleCallback<T, X> work) throws X;

    <T, X extends Exception> T alone(HandleCallback<T, X> work) throws X;

    /// The time of the database's own machine; empty if that is this one.
    Optional<Instant> serverTime();

    /// Gives the committed events that have no number yet their numbers.
    void numberEvents();

    /// Adds up what was counted in pieces.
    void fold();

    /// What one of several processes does for all.
    Turns turns();

    @Override
    void close();
}
