package dev.slipway.backend.tasks.export.source;

import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.tasks.export.file.Column.DoesNotFit;
import dev.slipway.config.Database;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The shop's orders by the configured query, in one read-only transaction of the shop's database.
///
/// Named parameters: `:from` and `:to`, the moments when the first date begins and the last one
/// ends in the configured zone; `:date` and `:next_date`, the same as dates; `:vendor`, a vendor's
/// key or the empty text for all. Without a date they are the years 1 and 9999. SQLite gets moments
/// as ISO text in UTC to the second, other databases as timestamps with time zone.
public final class OrderSource implements RowSource {
    private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);
    private static final int AT_ONCE = 2_000;

    /// Nothing can be put behind such a query: its rows are passed over here.
    private static final Pattern LIMITED =
            Pattern.compile("\\b(limit|offset|fetch|for)\\b", Pattern.CASE_INSENSITIVE);

    private final OrderQuery query;
    private final InstantSource clock;

    public OrderSource(OrderQuery query, InstantSource clock) {
        this.query = query;
        this.clock = clock;
    }

    @Override
    public void check(ExportFilter which) {
        Fields.none("Orders", which, "run", "step", "column", "rule", "state", "text");
        Fields.dates(which);
        if (which.to() != null && !which.to().isBefore(LAST)) {
            throw Refused.badRequest("/which/to", "A date before 9999-12-31 is expected.");
        }
    }

    @Override
    public String query() {
        return query.sql() + "\n" + query.zone() + "\n" + new TreeMap<>(query.types());
    }

    @Override
    public void read(ExportFilter which, long skip, RowSink to)
            throws SQLException, IOException, DoesNotFit {
        try (Handle handle = open(query.database())) {
            handle.begin();
            try {
                readOnly(handle);
                Instant asOf = clock.instant();
                long total = total(handle, which);
                boolean byDatabase = skip > 0 && !LIMITED.matcher(query.sql()).find();
                String sql = byDatabase ? query.sql() + behind(skip) : query.sql();
                try (Query rows = bound(handle, sql, which)) {
                    scan(rows, byDatabase ? 0 : skip, total, asOf, to);
                }
            } finally {
                handle.rollback();
            }
        }
    }

    /// A limit that is none: the engines know no offset without one.
    private static String behind(long skip) {
        return "\nLIMIT " + Long.MAX_VALUE + " OFFSET " + skip;
    }

    private void scan(Query rows, long skip, long total, Instant asOf, RowSink to)
            throws SQLException, IOException, DoesNotFit {
        rows.setFetchSize(AT_ONCE);
        Thrown thrown =
                rows.scanResultSet(
                        (supplier, _) -> {
                            try {
                                pass(supplier.get(), skip, total, asOf, to);
                                return Thrown.NOTHING;
                            } catch (IOException | SQLException | DoesNotFit e) {
                                return new Thrown(e);
                            }
                        });
        thrown.again();
    }

    private void pass(ResultSet rows, long skip, long total, Instant asOf, RowSink to)
            throws SQLException, IOException, DoesNotFit {
        var reader = RowReader.of(rows, query.types(), query.zone());
        to.begin(reader.columns(), total, asOf);
        boolean wanted = true;
        long met = 0;
        while (wanted && met < skip && rows.next()) {
            met++;
            wanted = to.skipped();
        }
        while (wanted && rows.next()) {
            wanted = to.row(reader.row(rows));
        }
    }

    private long total(Handle handle, ExportFilter which) {
        String sql = "SELECT count(*) FROM (\n" + query.sql() + "\n) AS counted";
        try (Query counting = bound(handle, sql, which)) {
            return counting.mapTo(Long.class).one();
        }
    }

    private Query bound(Handle handle, String sql, ExportFilter which) {
        LocalDate date = which.from() == null ? FIRST : which.from();
        LocalDate next = which.to() == null ? LAST : which.to().plusDays(1);
        Instant from = date.atStartOfDay(query.zone()).toInstant();
        Instant end = next.atStartOfDay(query.zone()).toInstant();
        String vendor = which.vendor() == null ? "" : which.vendor();
        Query bound = handle.createQuery(sql).bind("vendor", vendor);
        if (sqlite()) {
            return bound.bind("from", from.truncatedTo(ChronoUnit.SECONDS).toString())
                    .bind("to", end.truncatedTo(ChronoUnit.SECONDS).toString())
                    .bind("date", date.toString())
                    .bind("next_date", next.toString());
        }
        return bound.bind("from", from.atOffset(ZoneOffset.UTC))
                .bind("to", end.atOffset(ZoneOffset.UTC))
                .bind("date", date)
                .bind("next_date", next);
    }

    private static Handle open(Database database) {
        var login = new Properties();
        if (!database.user().isEmpty()) {
            login.put("user", database.user());
        }
        if (!database.password().isEmpty()) {
            login.put("password", database.password());
        }
        if (database.url().startsWith("jdbc:sqlite:")) {
            login.put("busy_timeout", "10000");
        }
        Jdbi jdbi = Jdbi.create(database.url(), login);
        jdbi.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        return jdbi.open();
    }

    /// One view for the count and the rows, and nothing can be written. MariaDB and MySQL take
    /// their view with the first statement that reads, as SQLite does.
    private void readOnly(Handle handle) throws SQLException {
        String url = query.database().url();
        if (sqlite()) {
            handle.execute("PRAGMA query_only = ON");
        } else if (url.startsWith("jdbc:postgresql:")) {
            handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        } else {
            handle.rollback();
            handle.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            handle.begin();
        }
    }

    private boolean sqlite() {
        return query.database().url().startsWith("jdbc:sqlite:");
    }

    /// What was thrown inside a callback that may throw less.
    private record Thrown(@Nullable Exception what) {
        static final Thrown NOTHING = new Thrown(null);

        void again() throws SQLException, IOException, DoesNotFit {
            switch (what) {
                case SQLException e -> throw e;
                case IOException e -> throw e;
                case DoesNotFit e -> throw e;
                case null, default -> {}
            }
        }
    }
}
