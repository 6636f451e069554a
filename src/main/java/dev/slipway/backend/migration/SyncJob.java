package dev.slipway.backend.migration;

/// What the job `migration.sync` carries.
///
/// @param runId the run whose target is kept up to date
/// @param triggers whether missing triggers may be installed in an SQLite source
record SyncJob(String runId, boolean triggers) {
    static final String TYPE = "migration.sync";

    /// A sync goes on for weeks: now and then something passes by.
    static final int ATTEMPTS = 100;
}
