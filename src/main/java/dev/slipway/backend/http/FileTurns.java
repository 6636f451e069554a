package dev.slipway.backend.http;

import io.helidon.webserver.http.ServerRequest;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Files that are sent to a route are held in memory until they are looked through: only so many at
/// a time, or a few who send large ones would take the memory from everyone.
final class FileTurns {
    static final int AT_ONCE = 4;
    private static final String SECONDS = "5";

    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final Bodies bodies;

    FileTurns(Bodies bodies) {
        this.bodies = bodies;
    }

    /// Reads a file and does what is to be done with it.
    ///
    /// @throws Refused 503 if too many are being sent; its body is dropped as it comes
    <T> T take(ServerRequest raw, Supplier<T> work) {
        if (!turns.tryAcquire()) {
            bodies.drop(raw);
            throw new Refused(
                    503,
                    "too-many-files",
                    AT_ONCE
                            + " files are being sent to the backend at this moment, and it takes no"
                            + " more at a time. This one was not looked at now; send it again in"
                            + " a few seconds.",
                    List.of(),
                    Map.of("Retry-After", SECONDS));
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
