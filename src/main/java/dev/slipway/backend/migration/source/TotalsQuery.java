package dev.slipway.backend.migration.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// One query for all the totals of a range, so that its rows are passed once.
final class TotalsQuery {
    private final JdbcSource source;
    private final Reading reading;
    private final Sought sought;

    TotalsQuery(JdbcSource source, Reading reading, Sought sought) {
        this.source = source;
        this.reading = reading;
        this.sought = sought;
    }

    private SourceColumn column(String name) {
        return reading.columns().get(reading.index(name));
    }

    private String name(String column) {
        return "s." + source.quote(column(column).name());
    }

    /// @param from with its conditions
    String sql(String from) {
        String by = sought.by();
        List<String> figures = new ArrayList<>();
        figures.add(by == null ? "''" : "min(" + source.select(column(by)) + ")");
        figures.add("count(DISTINCT " + source.distinct(source.keyed(reading)) + ")");
        for (String sum : sought.sums()) {
            String name = name(sum);
            figures.add("sum(" + name + ")");
            figures.add(
                    "sum(CASE WHEN %s IS NULL OR %s THEN 0 ELSE 1 END)"
                            .formatted(name, source.exact(name)));
        }
        for (Sought.Days days : sought.days()) {
            String day = source.day(name(days.column()), days.earliest(), days.latest());
            boolean moment = column(days.column()).kind() == SourceColumn.Kind.TIMESTAMP;
            figures.add(source.written("min(" + day + ")", moment));
            figures.add(source.written("max(" + day + ")", moment));
        }
        String group = by == null ? "" : " GROUP BY " + source.exactly(name(by));
        return "SELECT " + String.join(", ", figures) + from + group;
    }

    void read(ResultSet row, Added into) throws SQLException {
        String by = Objects.requireNonNullElse(row.getString(1), "");
        into.keys(row.getLong(2));
        int at = 3;
        for (String sum : sought.sums()) {
            // what was no number may have made anything of the sum
            if (row.getLong(at + 1) > 0) {
                into.inexact(sum);
            } else {
                into.sum(sum, by, row.getString(at));
            }
            at += 2;
        }
        for (Sought.Days days : sought.days()) {
            into.days(days.column(), row.getString(at), row.getString(at + 1));
            at += 2;
        }
    }
}
