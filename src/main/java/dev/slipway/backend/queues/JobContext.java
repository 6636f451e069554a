package dev.slipway.backend.queues;

/// What a handler sees of the job that it runs.
public interface JobContext {
    String id();

    /// From 1.
    int attempt();

    /// The payload that the job was published with.
    <T> T payload(Class<T> type);

    /// Tells how far the work is; may be called often, is written at most once a second.
    void progress(long done, long total);

    /// What was told last of how far the work is, also by an attempt before this one: but for what
    /// one that was killed did in its last second.
    long done();

    /// Writes a line to the job's log.
    void log(String message);

    /// Whether to stop at the next good place: the worker drains, the lease is lost, or someone
    /// discarded the job.
    boolean stopping();
}
