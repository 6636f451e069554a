package dev.slipway.backend.launch;

import org.jdbi.v3.core.Handle;

import java.time.Instant;

/// The one row of what is intended.
final class IntentStore {
    private IntentStore() {}

    static Intent read(Handle handle) {
        return handle.createQuery("SELECT * FROM launch")
                .map(
                        (row, _) ->
                                new Intent(
                                        row.getInt("intended"),
                                        row.getBoolean("held"),
                                        row.getString("changed_by"),
                                        Instant.ofEpochMilli(row.getLong("changed_at")),
                                        row.getString("reason")))
                .findOne()
                .orElse(Intent.first(Instant.EPOCH));
    }

    static void write(Handle handle, Intent intent) {
        handle.createUpdate(
                        """
                        INSERT OR REPLACE INTO launch
                        VALUES (1, :intended, :held, :by, :at, :reason)""")
                .bind("intended", intent.newPercent())
                .bind("held", intent.held())
                .bind("by", intent.by())
                .bind("at", intent.at().toEpochMilli())
                .bind("reason", intent.reason())
                .execute();
    }
}
