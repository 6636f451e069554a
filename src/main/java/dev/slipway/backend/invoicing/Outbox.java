package dev.slipway.backend.invoicing;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

/// The outbox: one row for each mail that was asked for, for ever. A mail is sent at most once for
/// (invoice, version); sending again on request is a new version.
final class Outbox {
    /// Where a mail stands.
    enum State {
        QUEUED,
        /// Handed over; if no one is at it any more it can't be known whether it arrived.
        SENDING,
        SENT,
        UNKNOWN,
        FAILED
    }

    /// A mail.
    record Entry(
            String invoiceId,
            int version,
            String recipient,
            String messageId,
            State state,
            Instant requestedAt) {}

    /// Asks for the next version of an invoice's mail.
    ///
    /// @return its version, from 1
    int add(
            Handle handle,
            String invoiceId,
            String number,
            String recipient,
            String domain,
            String user,
            Instant at) {
        int version = latest(handle, invoiceId) + 1;
        handle.createUpdate(
                        """
                        INSERT INTO invoice_mail (invoice_id, version, recipient, message_id, state,
                          requested_by, requested_at)
                        VALUES (:id, :version, :recipient, :message, 'QUEUED', :user, :at)""")
                .bind("id", invoiceId)
                .bind("version", version)
                .bind("recipient", recipient)
                .bind("message", messageId(number, invoiceId, version, domain))
                .bind("user", user)
                .bind("at", at.toEpochMilli())
                .execute();
        return version;
    }

    Optional<Entry> find(Handle handle, String invoiceId, int version) {
        return handle.createQuery(
                        "SELECT * FROM invoice_mail WHERE invoice_id = :id AND version = :version")
                .bind("id", invoiceId)
                .bind("version", version)
                .map(
                        (row, _) ->
                                new Entry(
                                        row.getString("invoice_id"),
                                        row.getInt("version"),
                                        row.getString("recipient"),
                                        row.getString("message_id"),
                                        State.valueOf(row.getString("state")),
                                        Instant.ofEpochMilli(row.getLong("requested_at"))))
                .findOne();
    }

    /// Takes a mail to send it. Only one may: the others get false.
    boolean begin(Handle handle, Entry mail, String sha256, Instant at) {
        return handle.createUpdate(
                                """
                                UPDATE invoice_mail SET state = 'SENDING', attempted_at = :at,
                                  pdf_sha256 = :sha256, reason = NULL
                                WHERE invoice_id = :id AND version = :version
                                  AND state IN ('QUEUED', 'FAILED')""")
                        .bind("at", at.toEpochMilli())
                        .bind("sha256", sha256)
                        .bind("id", mail.invoiceId())
                        .bind("version", mail.version())
                        .execute()
                == 1;
    }

    /// Records what became of a mail; what is known to be sent stays so.
    ///
    /// @return whether this is news about the invoice: not if it was known to be sent, or a later
    ///   version was asked for
    boolean end(Handle handle, Entry mail, State state, @Nullable String reason, Instant at) {
        return handle.createUpdate(
                                        """
                        UPDATE invoice_mail SET state = :state, reason = :reason, ended_at = :at
                        WHERE invoice_id = :id AND version = :version AND state <> 'SENT'""")
                                .bind("state", state)
                                .bind("reason", reason)
                                .bind("at", at.toEpochMilli())
                                .bind("id", mail.invoiceId())
                                .bind("version", mail.version())
                                .execute()
                        == 1
                && latest(handle, mail.invoiceId()) == mail.version();
    }

    /// The newest version of an invoice's mail; 0 if there is none.
    int latest(Handle handle, String invoiceId) {
        return handle.createQuery(
                        "SELECT coalesce(max(version), 0) FROM invoice_mail WHERE invoice_id = :id")
                .bind("id", invoiceId)
                .mapTo(Integer.class)
                .one();
    }

    private static String messageId(String number, String invoiceId, int version, String domain) {
        String name = "%s.%s.v%d".formatted(number, invoiceId, version);
        return name.replaceAll("[^A-Za-z0-9.-]", "-") + "@" + domain;
    }
}
