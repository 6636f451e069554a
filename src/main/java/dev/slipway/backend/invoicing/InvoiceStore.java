package dev.slipway.backend.invoicing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.events.Kind;
import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.MailState;
import dev.slipway.backend.invoicing.document.InvoiceDocument;
import dev.slipway.backend.store.Events;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Invoices in the state database. Whoever changes one publishes it in the same transaction.
final class InvoiceStore {
    private static final String SELECT =
            "SELECT i.*, r.business_date FROM invoice i JOIN invoice_run r ON r.id = i.run_id ";

    private final ObjectMapper json;
    private final Events events;

    InvoiceStore(ObjectMapper json, Events events) {
        this.json = json;
        this.events = events;
    }

    /// Adds a draft.
    ///
    /// @return its id
    String add(
            Handle handle, String runId, int position, InvoiceDocument document, LocalDate today) {
        String id = "%s-%04d".formatted(runId, position);
        handle.createUpdate(
                        """
                        INSERT INTO invoice (id, run_id, position, vendor_key, vendor_name, currency,
                          lines, net, tax, gross, email, issued_on, due_on, mail_state, document)
                        VALUES (:id, :run, :position, :key, :name, :currency,
                          :lines, :net, :tax, :gross, :email, :issued, :due, 'NONE', :document)""")
                .bind("id", id)
                .bind("run", runId)
                .bind("position", position)
                .bind("key", document.buyer().key())
                .bind("name", document.buyer().name())
                .bind("currency", document.currency())
                .bind("lines", document.lines().size())
                .bind("net", document.net().toPlainString())
                .bind("tax", document.tax().toPlainString())
                .bind("gross", document.gross().toPlainString())
                .bind("email", document.buyer().email())
                .bind("issued", today.toString())
                .bind("due", today.plusDays(document.paymentDays()).toString())
                .bind("document", write(document))
                .execute();
        return id;
    }

    Optional<StoredInvoice> find(Handle handle, String id) {
        return handle.createQuery(SELECT + "WHERE i.id = :id")
                .bind("id", id)
                .map((row, _) -> stored(row))
                .findOne();
    }

    StoredInvoice get(Handle handle, String id) {
        return find(handle, id).orElseThrow();
    }

    /// A run's invoices in order.
    ///
    /// @param after a position; 0 to begin
    List<Invoice> list(Handle handle, String runId, int after, int limit) {
        return handle.createQuery(
                        SELECT
                                + "WHERE i.run_id = :run AND i.position > :after"
                                + " ORDER BY i.position LIMIT :limit")
                .bind("run", runId)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, _) -> invoice(row))
                .list();
    }

    /// Gives an invoice its number and dates.
    void number(Handle handle, String id, String number, LocalDate issued, LocalDate due) {
        handle.createUpdate(
                        """
                        UPDATE invoice SET number = :number, issued_on = :issued, due_on = :due
                        WHERE id = :id AND number IS NULL""")
                .bind("number", number)
                .bind("issued", issued.toString())
                .bind("due", due.toString())
                .bind("id", id)
                .execute();
    }

    /// Records which PDF stands. A draft's never takes the place of the final one.
    ///
    /// @return whether it was recorded
    boolean rendered(Handle handle, String id, String sha256, int bytes, boolean draft) {
        return handle.createUpdate(
                                """
                                UPDATE invoice
                                SET pdf_sha256 = :sha256, pdf_bytes = :bytes, pdf_draft = :draft,
                                  pdf_problem = NULL
                                WHERE id = :id AND pdf_draft = 1
                                  AND CASE WHEN number IS NULL THEN 1 ELSE 0 END = :draft""")
                        .bind("sha256", sha256)
                        .bind("bytes", bytes)
                        .bind("draft", draft ? 1 : 0)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /// Records why the final PDF could not be made.
    void unrendered(Handle handle, String id, String problem) {
        handle.createUpdate(
                        "UPDATE invoice SET pdf_problem = :problem"
                                + " WHERE id = :id AND pdf_draft = 1")
                .bind("problem", problem)
                .bind("id", id)
                .execute();
    }

    /// Forgets why a run's PDFs could not be made: they are tried again.
    void forgetProblems(Handle handle, String runId) {
        handle.createUpdate(
                        "UPDATE invoice SET pdf_problem = NULL"
                                + " WHERE run_id = :run AND pdf_problem IS NOT NULL")
                .bind("run", runId)
                .execute();
    }

    void mail(
            Handle handle,
            String id,
            MailState state,
            @Nullable String reason,
            @Nullable Instant sentAt) {
        handle.createUpdate(
                        """
                        UPDATE invoice SET mail_state = :state, mail_reason = :reason,
                          sent_at = coalesce(:sent, sent_at) WHERE id = :id""")
                .bind("state", state)
                .bind("reason", reason)
                .bind("sent", sentAt == null ? null : sentAt.toEpochMilli())
                .bind("id", id)
                .execute();
    }

    void recipient(Handle handle, String id, String email) {
        handle.createUpdate("UPDATE invoice SET email = :email WHERE id = :id")
                .bind("email", email)
                .bind("id", id)
                .execute();
    }

    /// The next number of a series. It is given for good when the transaction ends well.
    long next(Handle handle, String series) {
        return handle.createQuery(
                        """
                        INSERT INTO invoice_series AS s (name, last) VALUES (:name, 1)
                        ON CONFLICT (name) DO UPDATE SET last = s.last + 1 RETURNING last""")
                .bind("name", series)
                .mapTo(Long.class)
                .one();
    }

    /// Whether nothing of a released run is under way any more.
    boolean settled(Handle handle, InvoiceRun run) {
        return handle.createQuery(
                                """
                                SELECT count(*) FROM invoice WHERE run_id = :run
                                AND (pdf_draft = 1 OR mail_state IN ('NONE', 'QUEUED'))""")
                        .bind("run", run.id())
                        .mapTo(Integer.class)
                        .one()
                == 0;
    }

    /// Tells everyone how an invoice now stands.
    Invoice publish(Handle handle, String id) {
        Invoice invoice = get(handle, id).invoice();
        events.publish(handle, Kind.INVOICE, id, invoice);
        return invoice;
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private StoredInvoice stored(ResultSet row) throws SQLException {
        try {
            return new StoredInvoice(
                    invoice(row),
                    row.getInt("position"),
                    LocalDate.parse(row.getString("issued_on")),
                    json.readValue(row.getString("document"), InvoiceDocument.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the state database holds broken JSON", e);
        }
    }

    private static Invoice invoice(ResultSet row) throws SQLException {
        int bytes = row.getInt("pdf_bytes");
        return new Invoice(
                row.getString("id"),
                row.getString("run_id"),
                LocalDate.parse(row.getString("business_date")),
                row.getString("number"),
                row.getString("vendor_key"),
                row.getString("vendor_name"),
                row.getString("email"),
                row.getString("currency"),
                row.getInt("lines"),
                new BigDecimal(row.getString("net")),
                new BigDecimal(row.getString("tax")),
                new BigDecimal(row.getString("gross")),
                LocalDate.parse(row.getString("due_on")),
                row.getBoolean("pdf_draft"),
                row.getString("pdf_sha256"),
                row.getString("pdf_sha256") == null ? null : bytes,
                MailState.valueOf(row.getString("mail_state")),
                row.getString("mail_reason"),
                instant(row, "sent_at"));
    }

    private String write(InvoiceDocument document) {
        try {
            return json.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a document can't be written as JSON", e);
        }
    }
}
