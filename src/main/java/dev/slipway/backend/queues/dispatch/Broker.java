package dev.slipway.backend.queues.dispatch;

import java.io.IOException;

/// A broker of messages, as the relay, the sweep and workers need it.
interface Broker extends AutoCloseable {
    /// A way to hand messages over, for one thread.
    Publisher publisher();

    /// Whether messages wait that no worker has got yet.
    boolean anyWaits() throws IOException;

    /// Begins to bring messages.
    ///
    /// @param prefetch how many of each priority a worker may have unanswered
    Deliveries consume(int prefetch);

    @Override
    void close();
}
