package dev.slipway.backend.migration;

import dev.slipway.api.migration.Run;

/// A run with what only the backend knows of it.
///
/// @param yaml the plan's text when the run was asked for
/// @param jobs how often a job was published for it
record StoredRun(Run run, String yaml, int jobs) {}
