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
                        INSERT INTO launch (id, intended, held, changed_by, changed_at, reason)
                        VALUES (1, :intended, :held, :by, :at, :reason)
                        ON CONFLICT (id) DO UPDATE SET intended = excluded.intended,
                            held = excluded.held, changed_by = excluded.changed_by,
                            changed_at = excluded.changed_at, reason = excluded.reason""")
                .bind("intended", intent.newPercent())
                .bind("held", intent.held() ? 1 : 0)
                .bind("by", intent.by())
                .bind("at", intent.at().toEpochMilli())
                .bind("reason", intent.reason())
                .execute();
    }
}
