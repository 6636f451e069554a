package dev.slipway.console.audit;

import dev.slipway.api.access.AuditEntry;
import dev.slipway.console.table.Figures;

import java.time.Instant;
import java.util.Locale;

/// An entry of the audit log as the table shows it.
public record AuditRow(AuditEntry entry, String at) {

    static AuditRow of(AuditEntry entry, Instant now) {
        return new AuditRow(entry, Figures.moment(entry.at(), now));
    }

    /// Whether it was refused or failed.
    boolean refused() {
        return entry.status() >= 400;
    }

    boolean has(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return (entry.user() + " " + entry.action() + " " + entry.subject() + " " + entry.reason())
                .toLowerCase(Locale.ROOT)
                .contains(wanted);
    }
}
