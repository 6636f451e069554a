package dev.slipway.backend.http;

import org.jdbi.v3.core.Handle;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/// What a write does to the state database. The server does it in one transaction with the record
/// of its answer and its audit entry, so that whatever dies, a write is either done and known to be
/// done, or not done at all.
///
/// @param work refuses by throwing [Refused]; nothing is changed then
/// @param afterwards what is set going once the effect stands, and tells how things then are; the
///   effect does not depend on it
public record Effect<T>(Function<Handle, T> work, Optional<Callable<T>> afterwards) {
    public static <T> Effect<T> of(Function<Handle, T> work) {
        return new Effect<>(work, Optional.empty());
    }

    /// The same effect, with something that follows.
    public Effect<T> then(Callable<T> after) {
        return new Effect<>(work, Optional.of(after));
    }

    /// The same effect, answered in another form.
    public <U> Effect<U> answered(Function<T, U> form) {
        return new Effect<>(
                work.andThen(form), afterwards.map(after -> () -> form.apply(after.call())));
    }

    /// Does it, inside a transaction of the state database.
    public T in(Handle handle) {
        return work.apply(handle);
    }
}
