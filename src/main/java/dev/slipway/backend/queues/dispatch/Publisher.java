package dev.slipway.backend.queues.dispatch;

import java.io.IOException;
import java.util.List;

/// Hands messages to a broker, for one thread.
interface Publisher {
    /// Waits until the broker has confirmed that it keeps them all.
    ///
    /// @throws IOException if it did not confirm each of them: any of them may be there or not
    void publish(List<WakeUp> batch) throws IOException, InterruptedException;
}
