package dev.slipway.client.offline;

import dev.slipway.client.http.Problem;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// How far a screen's data stands. An empty list is data; that nothing was ever loaded is not.
public sealed interface LoadState<T> {

    /// Nothing was kept yet and nothing is on its way.
    record Idle<T>() implements LoadState<T> {}

    /// Nothing was kept yet; it is on its way.
    record Loading<T>() implements LoadState<T> {}

    /// As the backend has it.
    ///
    /// @param asOf when the backend last confirmed it
    record Ready<T>(T data, Instant asOf) implements LoadState<T> {}

    /// As it last was.
    ///
    /// @param since since when no one has confirmed it
    record Stale<T>(T data, Instant since) implements LoadState<T> {}

    record Failed<T>(Problem problem) implements LoadState<T> {}

    /// What is there to be shown, fresh or stale.
    default Optional<T> value() {
        return switch (this) {
            case Ready<T> ready -> Optional.of(ready.data());
            case Stale<T> stale -> Optional.of(stale.data());
            case Idle<T> _, Loading<T> _, Failed<T> _ -> Optional.empty();
        };
    }

    /// The same state of other data.
    default <R> LoadState<R> map(Function<? super T, ? extends R> change) {
        return switch (this) {
            case Ready<T> ready -> new Ready<>(change.apply(ready.data()), ready.asOf());
            case Stale<T> stale -> new Stale<>(change.apply(stale.data()), stale.since());
            case Idle<T> _ -> new Idle<>();
            case Loading<T> _ -> new Loading<>();
            case Failed<T> failed -> new Failed<>(failed.problem());
        };
    }
}
