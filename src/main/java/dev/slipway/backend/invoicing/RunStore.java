package dev.slipway.backend.invoicing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.events.Kind;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.InvoiceRunState;
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

/// Invoice runs in the state database. Whoever changes one publishes it in the same transaction.
final class RunStore {
    private static final String SELECT =
            """
            SELECT r.*, (SELECT count(*) FROM invoice WHERE run_id = r.id) AS invoices,
              (SELECT count(*) FROM invoice WHERE run_id = r.id AND pdf_bytes IS NOT NULL
                 AND pdf_draft = CASE WHEN r.state IN ('RELEASING', 'RELEASED') THEN 0 ELSE 1 END)
                AS rendered,
              (SELECT count(*) FROM invoice
                WHERE run_id = r.id AND pdf_problem IS NOT NULL) AS pdf_problems,
              (SELECT number || ': ' || pdf_problem FROM invoice
                WHERE run_id = r.id AND pdf_problem IS NOT NULL
                ORDER BY number LIMIT 1) AS pdf_problem,
              (SELECT count(*) FROM invoice
                WHERE run_id = r.id AND mail_state = 'SENT') AS sent,
              (SELECT count(*) FROM invoice
                WHERE run_id = r.id AND mail_state = 'NOT_SENDABLE') AS not_sendable,
              (SELECT count(*) FROM invoice
                WHERE run_id = r.id AND mail_state IN ('FAILED', 'UNKNOWN')) AS failed
            FROM invoice_run r
            """;
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    private final ObjectMapper json;
    private final Events events;

    RunStore(ObjectMapper json, Events events) {
        this.json = json;
        this.events = events;
    }

    /// Begins a run; its id names the date and counts the runs that were discarded before.
    InvoiceRun begin(Handle handle, LocalDate date, String currency, String user, Instant at) {
        int earlier =
                handle.createQuery("SELECT count(*) FROM invoice_run WHERE business_date = :date")
                        .bind("date", date.toString())
                        .mapTo(Integer.class)
                        .one();
        String id = date + "-" + (earlier + 1);
        handle.createUpdate(
                        """
                        INSERT INTO invoice_run
                          (id, business_date, state, currency, started_by, created_at)
                        VALUES (:id, :date, 'DRAFTING', :currency, :user, :at)""")
                .bind("id", id)
                .bind("date", date.toString())
                .bind("currency", currency)
                .bind("user", user)
                .bind("at", at.toEpochMilli())
                .execute();
        return publish(handle, id);
    }

    Optional<InvoiceRun> find(Handle handle, String id) {
        return handle.createQuery(SELECT + "WHERE r.id = :id")
                .bind("id", id)
                .map((row, _) -> run(row))
                .findOne();
    }

    InvoiceRun get(Handle handle, String id) {
        return find(handle, id).orElseThrow();
    }

    /// The run of a date that was not discarded.
    Optional<InvoiceRun> standing(Handle handle, LocalDate date) {
        return handle.createQuery(
                        SELECT + "WHERE r.business_date = :date AND r.state <> 'DISCARDED'")
                .bind("date", date.toString())
                .map((row, _) -> run(row))
                .findOne();
    }

    /// Runs by date, the latest first.
    ///
    /// @param after the id of the run before the first that is wanted
    List<InvoiceRun> list(Handle handle, @Nullable String after, int limit) {
        return handle.createQuery(
                        SELECT
                                + """
                                WHERE :after IS NULL OR (r.business_date, r.created_at, r.id) <
                                  (SELECT business_date, created_at, id FROM invoice_run
                                   WHERE id = :after)
                                ORDER BY r.business_date DESC, r.created_at DESC, r.id DESC
                                LIMIT :limit""")
                .bind("after", after)
                .bind("limit", limit)
                .map((row, _) -> run(row))
                .list();
    }

    /// @param totals net, tax and gross of the invoices in the run's currency
    void drafted(Handle handle, String id, List<String> remarks, List<BigDecimal> totals) {
        handle.createUpdate(
                        """
                        UPDATE invoice_run SET remarks = :remarks, net = :net, tax = :tax,
                          gross = :gross WHERE id = :id""")
                .bind("remarks", write(remarks))
                .bind("net", totals.get(0).toPlainString())
                .bind("tax", totals.get(1).toPlainString())
                .bind("gross", totals.get(2).toPlainString())
                .bind("id", id)
                .execute();
    }

    void released(Handle handle, String id, String user, Instant at) {
        handle.createUpdate(
                        "UPDATE invoice_run SET released_by = :user, released_at = :at"
                                + " WHERE id = :id")
                .bind("user", user)
                .bind("at", at.toEpochMilli())
                .bind("id", id)
                .execute();
    }

    /// Moves a run on, if it may.
    ///
    /// @return whether it did
    boolean move(Handle handle, InvoiceRun run, InvoiceRunState to, @Nullable String reason) {
        return RunStates.may(run.state(), to)
                && handle.createUpdate(
                                        "UPDATE invoice_run SET state = :to, reason = :reason"
                                                + " WHERE id = :id AND state = :from")
                                .bind("to", to)
                                .bind("reason", reason)
                                .bind("id", run.id())
                                .bind("from", run.state())
                                .execute()
                        == 1;
    }

    /// Tells everyone how a run now stands.
    InvoiceRun publish(Handle handle, String id) {
        InvoiceRun run = get(handle, id);
        events.publish(handle, Kind.INVOICE_RUN, id, run);
        return run;
    }

    private InvoiceRun run(ResultSet row) throws SQLException {
        return new InvoiceRun(
                row.getString("id"),
                LocalDate.parse(row.getString("business_date")),
                state(row),
                row.getString("currency"),
                row.getInt("invoices"),
                row.getInt("rendered"),
                row.getInt("sent"),
                row.getInt("not_sendable"),
                row.getInt("failed"),
                new BigDecimal(row.getString("net")),
                new BigDecimal(row.getString("tax")),
                new BigDecimal(row.getString("gross")),
                read(row.getString("remarks")),
                row.getString("started_by"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                row.getString("released_by"),
                InvoiceStore.instant(row, "released_at"),
                reason(row));
    }

    /// That a release failed follows from its invoices: it can't be forgotten when they are made
    /// after all, and it can't be left standing.
    private static InvoiceRunState state(ResultSet row) throws SQLException {
        var stored = InvoiceRunState.valueOf(row.getString("state"));
        return stored == InvoiceRunState.RELEASING && row.getInt("pdf_problems") > 0
                ? InvoiceRunState.RELEASE_FAILED
                : stored;
    }

    private static @Nullable String reason(ResultSet row) throws SQLException {
        int problems = row.getInt("pdf_problems");
        return problems == 0
                ? row.getString("reason")
                : "%d PDF(s) could not be made, first %s"
                        .formatted(problems, row.getString("pdf_problem"));
    }

    private String write(List<String> texts) {
        try {
            return json.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("texts can't be written as JSON", e);
        }
    }

    private List<String> read(String texts) {
        try {
            return json.readValue(texts, TEXTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the state database holds broken JSON", e);
        }
    }
}
