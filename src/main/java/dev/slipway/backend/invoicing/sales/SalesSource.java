package dev.slipway.backend.invoicing.sales;

import dev.slipway.config.Database;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Properties;

/// Reads vendors and sales by the two configured queries, which is all that invoicing knows of the
/// shop's schema.
///
/// Named parameters of both: `:from` and `:to`, the moments when the business date begins and ends
/// in the seller's zone, and `:date` and `:next_date`, the same as dates. SQLite gets them as ISO
/// text in UTC to the second (`2026-03-01T23:00:00Z`, `2026-03-02`), other databases as timestamps
/// with time zone and dates.
public final class SalesSource {
    private final Database database;
    private final String vendorsSql;
    private final String salesSql;
    private final String currency;

    /// @param currency of sales whose query yields none
    public SalesSource(Database database, String vendorsSql, String salesSql, String currency) {
        this.database = database;
        this.vendorsSql = vendorsSql;
        this.salesSql = salesSql;
        this.currency = currency;
    }

    /// Reads a day in one read-only transaction.
    ///
    /// @throws BadQuery if a query does not yield what it must
    public SalesDay read(LocalDate date, ZoneId zone) {
        return reading(
                handle ->
                        new SalesDay(
                                vendors(handle, date, zone),
                                query(handle, salesSql, date, zone)
                                        .scanResultSet(
                                                (rows, _) -> Rows.sales(rows.get(), currency))));
    }

    /// Reads the vendors as they are now; the date only fills the query's parameters.
    public List<Vendor> vendors(LocalDate date, ZoneId zone) {
        return reading(handle -> vendors(handle, date, zone));
    }

    private List<Vendor> vendors(Handle handle, LocalDate date, ZoneId zone) {
        return query(handle, vendorsSql, date, zone)
                .scanResultSet((rows, _) -> Rows.vendors(rows.get()));
    }

    private <T> T reading(HandleCallback<T, RuntimeException> work) {
        return open().withHandle(
                        handle -> {
                            handle.begin();
                            try {
                                readOnly(handle);
                                return work.withHandle(handle);
                            } finally {
                                handle.rollback();
                            }
                        });
    }

    private Jdbi open() {
        var login = new Properties();
        if (!database.user().isEmpty()) {
            login.put("user", database.user());
        }
        if (!database.password().isEmpty()) {
            login.put("password", database.password());
        }
        if (sqlite()) {
            login.put("busy_timeout", "10000");
        }
        Jdbi jdbi = Jdbi.create(database.url(), login);
        jdbi.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        return jdbi;
    }

    private void readOnly(Handle handle) {
        if (sqlite()) {
            handle.execute("PRAGMA query_only = ON");
        } else if (database.url().startsWith("jdbc:postgresql:")) {
            handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        }
    }

    private Query query(Handle handle, String sql, LocalDate date, ZoneId zone) {
        Instant from = date.atStartOfDay(zone).toInstant();
        Instant to = date.plusDays(1).atStartOfDay(zone).toInstant();
        Query query = handle.createQuery(sql).setFetchSize(2000);
        if (sqlite()) {
            return query.bind("from", from.truncatedTo(ChronoUnit.SECONDS).toString())
                    .bind("to", to.truncatedTo(ChronoUnit.SECONDS).toString())
                    .bind("date", date.toString())
                    .bind("next_date", date.plusDays(1).toString());
        }
        return query.bind("from", from.atOffset(ZoneOffset.UTC))
                .bind("to", to.atOffset(ZoneOffset.UTC))
                .bind("date", date)
                .bind("next_date", date.plusDays(1));
    }

    private boolean sqlite() {
        return database.url().startsWith("jdbc:sqlite:");
    }
}
