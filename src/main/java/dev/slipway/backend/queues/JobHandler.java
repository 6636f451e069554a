package dev.slipway.backend.queues;

/// Runs the jobs of one type. It may run twice for one job: when a worker died, another one begins
/// again.
public interface JobHandler {
    /// The type of job that it runs, for example `invoice.render`.
    String type();

    /// Whether its jobs run until someone ends them. They take no thread from jobs that pass, and a
    /// worker's death is held against them only while they begin.
    default boolean resident() {
        return false;
    }

    /// Does the work. Returning means success; [JobFailure] says whether another attempt makes
    /// sense, [JobLater] that nothing failed and when to go on; any other exception is retried.
    void run(JobContext job) throws Exception;
}
