package dev.slipway.backend.tasks.pool;

import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.queues.JobHandler;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

/// Knows how long the handlers of a process have had nothing to do.
public final class Busy {
    private final InstantSource clock;
    private int running;
    private Instant since;

    public Busy(InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
    }

    /// The same handlers, watched.
    public List<JobHandler> watched(Collection<? extends JobHandler> handlers) {
        return handlers.stream().<JobHandler>map(Watched::new).toList();
    }

    /// Nothing while a job runs.
    public synchronized Duration idle() {
        return running > 0 ? Duration.ZERO : Duration.between(since, clock.instant());
    }

    private synchronized void change(int by) {
        running += by;
        since = clock.instant();
    }

    private final class Watched implements JobHandler {
        private final JobHandler handler;

        Watched(JobHandler handler) {
            this.handler = handler;
        }

        @Override
        public String type() {
            return handler.type();
        }

        @Override
        public boolean resident() {
            return handler.resident();
        }

        @Override
        public void run(JobContext job) throws Exception {
            change(1);
            try {
                handler.run(job);
            } finally {
                change(-1);
            }
        }
    }
}
