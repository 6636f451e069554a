package dev.slipway.backend.tasks.export.source;

import static dev.slipway.backend.tasks.export.file.Column.Type.BOOLEAN;
import static dev.slipway.backend.tasks.export.file.Column.Type.DATE;
import static dev.slipway.backend.tasks.export.file.Column.Type.INTEGER;
import static dev.slipway.backend.tasks.export.file.Column.Type.TIMESTAMP;

import dev.slipway.api.invoicing.MailState;
import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.store.StateStore;
import dev.slipway.backend.tasks.export.file.Column;
import dev.slipway.backend.tasks.export.file.Column.DoesNotFit;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The invoices of the state database, by date, run and position. Those of discarded runs are left
/// out unless their run is asked for.
public final class InvoiceSource implements RowSource {
    private static final int AT_ONCE = 1_000;
    private static final int DIGITS = 18;
    private static final List<Column> COLUMNS =
            List.of(
                    Column.text("id"),
                    Column.text("run_id"),
                    Column.of("business_date", DATE),
                    Column.text("number"),
                    Column.text("vendor_key"),
                    Column.text("vendor_name"),
                    Column.text("email"),
                    Column.text("currency"),
                    Column.of("lines", INTEGER),
                    Column.decimal("net", DIGITS, 2),
                    Column.decimal("tax", DIGITS, 2),
                    Column.decimal("gross", DIGITS, 2),
                    Column.of("issued_on", DATE),
                    Column.of("due_on", DATE),
                    Column.of("draft", BOOLEAN),
                    Column.text("pdf_sha256"),
                    Column.text("mail_state"),
                    Column.text("mail_reason"),
                    Column.of("sent_at", TIMESTAMP));

    private final StateStore store;
    private final InstantSource clock;

    public InvoiceSource(StateStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void check(ExportFilter which) {
        Fields.none("Invoices", which, "step", "column", "rule");
        Fields.dates(which);
        String state = which.state();
        if (state != null
                && Arrays.stream(MailState.values()).noneMatch(s -> s.name().equals(state))) {
            throw Refused.badRequest(
                    "/which/state", "One of " + Arrays.toString(MailState.values()) + ".");
        }
    }

    @Override
    public String query() {
        return "invoices";
    }

    @Override
    public void read(ExportFilter which, long skip, RowSink to)
            throws SQLException, IOException, DoesNotFit {
        try {
            Instant asOf = clock.instant();
            store.read(handle -> all(handle, which, skip, asOf, to));
        } catch (Passed e) {
            e.again();
        }
    }

    private Void all(Handle handle, ExportFilter which, long skip, Instant asOf, RowSink to)
            throws Passed {
        Map<String, Object> values = new LinkedHashMap<>();
        String where = where(which, values);
        long total = count(handle, where, values, which.text());
        try {
            to.begin(COLUMNS, total, asOf);
            try (var rows =
                    handle.createQuery(
                                    "SELECT i.*, r.business_date"
                                            + where
                                            + " ORDER BY r.business_date, i.run_id, i.position")
                            .bindMap(values)
                            .setFetchSize(AT_ONCE)
                            .map((row, _) -> new Found(row(row), searched(row)))
                            .iterator()) {
                boolean wanted = true;
                long met = 0;
                while (wanted && rows.hasNext()) {
                    Found found = rows.next();
                    if (found.has(which.text())) {
                        met++;
                        wanted = met <= skip ? to.skipped() : to.row(found.values());
                    }
                }
            }
            return nothing();
        } catch (IOException | DoesNotFit e) {
            throw new Passed(e);
        }
    }

    /// An invoice and what a text is looked for in.
    private record Found(@Nullable Object[] values, String searched) {
        boolean has(@Nullable String text) {
            return InvoiceSource.has(searched, text);
        }
    }

    private static boolean has(String searched, @Nullable String text) {
        return text == null || searched.contains(text.toLowerCase(Locale.ROOT).strip());
    }

    /// The databases don't agree on what is a small letter: the text is looked for here, as the
    /// console's list does.
    private static long count(
            Handle handle, String where, Map<String, Object> values, @Nullable String text) {
        if (text == null) {
            return handle.createQuery("SELECT count(*)" + where)
                    .bindMap(values)
                    .mapTo(Long.class)
                    .one();
        }
        try (var rows =
                handle.createQuery(
                                "SELECT i.number, i.vendor_name, i.vendor_key, i.email,"
                                        + " i.mail_state"
                                        + where)
                        .bindMap(values)
                        .setFetchSize(AT_ONCE)
                        .map((row, _) -> searched(row))
                        .iterator()) {
            long count = 0;
            while (rows.hasNext()) {
                count += has(rows.next(), text) ? 1 : 0;
            }
            return count;
        }
    }

    /// What the console's list of invoices is searched in, with the words that it shows.
    private static String searched(ResultSet row) throws SQLException {
        String number = row.getString("number");
        String email = row.getString("email");
        return String.join(
                        " ",
                        number == null ? "–" : number,
                        row.getString("vendor_name"),
                        row.getString("vendor_key"),
                        email == null ? "" : email,
                        told(MailState.valueOf(row.getString("mail_state"))))
                .toLowerCase(Locale.ROOT);
    }

    private static String told(MailState state) {
        return switch (state) {
            case NONE -> "not released";
            case NOT_SENDABLE -> "not sendable";
            case QUEUED -> "waiting to be sent";
            case SENT -> "sent";
            case UNKNOWN -> "unknown";
            case FAILED -> "failed";
        };
    }

    @SuppressWarnings("NullAway") // Void has no other value
    private static Void nothing() {
        return null;
    }

    private static String where(ExportFilter which, Map<String, Object> values) {
        var sql =
                new StringBuilder(
                        " FROM invoice i JOIN invoice_run r ON r.id = i.run_id WHERE "
                                // who asks for a run means it, whatever became of it
                                + (given(which.run()) ? "1 = 1" : "r.state <> 'DISCARDED'"));
        LocalDate from = which.from();
        LocalDate to = which.to();
        add(sql, values, "r.business_date >= :from", "from", from == null ? null : "" + from);
        add(sql, values, "r.business_date <= :to", "to", to == null ? null : "" + to);
        add(sql, values, "i.vendor_key = :vendor", "vendor", which.vendor());
        add(sql, values, "i.run_id = :run", "run", which.run());
        add(sql, values, "i.mail_state = :state", "state", which.state());
        return sql.toString();
    }

    private static boolean given(@Nullable String value) {
        return value != null && !value.isEmpty();
    }

    private static void add(
            StringBuilder sql,
            Map<String, Object> values,
            String condition,
            String name,
            @Nullable String value) {
        if (value != null && given(value)) {
            sql.append(" AND ").append(condition);
            values.put(name, value);
        }
    }

    private static @Nullable Object[] row(ResultSet row) throws SQLException {
        long sent = row.getLong("sent_at");
        boolean unsent = row.wasNull();
        return new @Nullable Object[] {
            row.getString("id"),
            row.getString("run_id"),
            LocalDate.parse(row.getString("business_date")),
            row.getString("number"),
            row.getString("vendor_key"),
            row.getString("vendor_name"),
            row.getString("email"),
            row.getString("currency"),
            row.getLong("lines"),
            new BigDecimal(row.getString("net")),
            new BigDecimal(row.getString("tax")),
            new BigDecimal(row.getString("gross")),
            LocalDate.parse(row.getString("issued_on")),
            LocalDate.parse(row.getString("due_on")),
            row.getBoolean("pdf_draft"),
            row.getString("pdf_sha256"),
            row.getString("mail_state"),
            row.getString("mail_reason"),
            unsent ? null : Instant.ofEpochMilli(sent)
        };
    }

    /// Carries what a sink throws through a transaction.
    private static final class Passed extends Exception {
        private static final long serialVersionUID = 1L;

        Passed(Exception cause) {
            super(cause);
        }

        void again() throws IOException, DoesNotFit {
            switch (getCause()) {
                case IOException e -> throw e;
                case DoesNotFit e -> throw e;
                case null, default -> throw new IllegalStateException(this);
            }
        }
    }
}
