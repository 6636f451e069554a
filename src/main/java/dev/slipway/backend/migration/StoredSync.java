package dev.slipway.backend.migration;

import dev.slipway.api.migration.RunSync;

/// A sync as it stands in the state database.
///
/// @param anew whether it is still to begin anew
/// @param jobs how often a job was published for it
record StoredSync(RunSync sync, boolean anew, int jobs) {}
