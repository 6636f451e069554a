package dev.slipway.backend.migration;

/// What the job `migration.run` carries.
///
/// @param runId the run to begin or to go on with
public record RunJob(String runId) {
    static final String TYPE = "migration.run";
    static final String QUEUE = "migration";
}
