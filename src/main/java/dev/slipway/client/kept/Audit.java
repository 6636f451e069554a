package dev.slipway.client.kept;

import dev.slipway.api.access.AuditEntry;
import dev.slipway.api.events.Kind;
import dev.slipway.client.offline.ListQuery;
import dev.slipway.client.offline.Query;
import dev.slipway.client.offline.Shelf;

import java.util.Comparator;
import java.util.List;

/// What is kept of the audit log.
public final class Audit {
    private static final int LATEST = 500;

    private Audit() {}

    /// The latest entries that the live stream brought, the newest first.
    public static Query<List<AuditEntry>> latest() {
        return Shelf.latest(
                Kind.AUDIT,
                AuditEntry.class,
                LATEST,
                Comparator.comparingLong(AuditEntry::seq).reversed());
    }

    /// The log by pages, the newest first.
    public static ListQuery<AuditEntry> pages() {
        return new ListQuery<>(
                "audit/pages",
                Kind.AUDIT.wire(),
                AuditEntry.class,
                entry -> String.valueOf(entry.seq()));
    }
}
