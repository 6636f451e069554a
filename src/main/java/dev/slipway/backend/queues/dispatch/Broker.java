package dev.slipway.backend.queues.dispatch;

import java.io.IOException;
import java.util.List;

/// A broker of messages, as the relay, the sweep and workers need it.
interface Broker extends AutoCloseable {
    /// Hands messages over and waits until the broker has confirmed that it keeps them all.
    ///
    /// @throws IOException if it did not confirm each of them: any of them may be there or not
    void publish(List<WakeUp> batch) throws IOException, InterruptedException;

    /// Whether messages wait that no worker has got yet.
    boolean anyWaits() throws IOException;

    /// Begins to bring messages.
    ///
    /// @param prefetch how many of each priority a worker may have unanswered
    Deliveries consume(int prefetch);

    @Override
    void close();
}
