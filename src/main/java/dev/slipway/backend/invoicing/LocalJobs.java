package dev.slipway.backend.invoicing;

import static java.util.Objects.requireNonNull;

import dev.slipway.api.queues.Job;
import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.queues.JobHandler;
import dev.slipway.backend.queues.JobQueue;

import org.jdbi.v3.core.Handle;

import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Runs jobs in the process that publishes them, one after the other, each once: for a command
/// without a backend. What fails is told; running the command again takes it up again.
final class LocalJobs implements JobQueue {
    private final PrintWriter log;
    private final Deque<NewJob> waiting = new ArrayDeque<>();
    private final Set<String> known = new HashSet<>();
    private final List<String> failures = new ArrayList<>();

    LocalJobs(PrintWriter log) {
        this.log = log;
    }

    @Override
    public String publish(Handle handle, NewJob job) {
        if (known.add(job.key())) {
            waiting.add(job);
        }
        return job.key();
    }

    @Override
    public String again(Handle handle, NewJob job, String user) {
        return publish(handle, job);
    }

    /// None is kept: what this process runs no one else looks at.
    @Override
    public Optional<Job> find(Handle handle, String id) {
        return Optional.empty();
    }

    /// Runs what waits, and what that publishes, until nothing is left; jobs without a handler are
    /// left out.
    void run(Collection<? extends JobHandler> handlers) {
        Map<String, JobHandler> byType =
                handlers.stream().collect(Collectors.toMap(JobHandler::type, Function.identity()));
        for (NewJob job = waiting.poll(); job != null; job = waiting.poll()) {
            JobHandler handler = byType.get(job.type());
            if (handler != null) {
                run(handler, job);
            }
        }
    }

    List<String> failures() {
        return failures;
    }

    private void run(JobHandler handler, NewJob job) {
        try {
            handler.run(new Context(job));
        } catch (Exception e) {
            String failure = "%s %s: %s".formatted(job.type(), job.subject(), e.getMessage());
            failures.add(failure);
            log.println(failure);
        }
    }

    /// There is no later attempt in this process: the first is the last.
    private record Context(NewJob job) implements JobContext {
        @Override
        public String id() {
            return job.key();
        }

        @Override
        public int attempt() {
            return job.maxAttempts();
        }

        @Override
        public <T> T payload(Class<T> type) {
            return requireNonNull(type.cast(job.payload()));
        }

        @Override
        public void progress(long done, long total) {
            // nobody watches
        }

        @Override
        public long done() {
            return 0;
        }

        @Override
        public void log(String message) {
            // the summary says it all
        }

        @Override
        public boolean stopping() {
            return false;
        }
    }
}
