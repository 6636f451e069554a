package dev.slipway.client.offline;

import java.util.function.Consumer;

/// A query that is asked again whenever what it reads has changed.
public interface Observation<T> {

    /// Begins to observe. The first state comes as soon as SQLite has answered; then at most ten a
    /// second, the newest winning. The consumer is called on the store's UI executor only.
    Subscription into(Consumer<LoadState<T>> consumer);
}
