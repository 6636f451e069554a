package dev.slipway.backend.migration.sync;

import java.util.Map;

/// A row of the source came, went or changed.
///
/// @param key the tracked columns of the row as it was, or as it is: whichever it names, that row
///   is read again. Empty if any row of the table may have changed
record Change(String table, Map<String, String> key) {}
