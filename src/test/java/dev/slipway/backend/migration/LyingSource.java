package dev.slipway.backend.migration;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Rows that hold something else than their column says, one bad or odd value each, and what must
/// come of it. The words are this test's own.
final class LyingSource {
    /// The target's columns, each from a source column of the same name. `odd_key` is left alone.
    static final String PLAN =
            """
            name: lying
            schema:
              postgresql:
                before: |
                  CREATE TABLE fact (id bigint PRIMARY KEY, n bigint, day date, at timestamptz,
                    price numeric(12,2), flag boolean, state text, mail text, doc jsonb, name text,
                    mended text);
            steps:
              - name: facts
                source: {SOURCE}
                key: id
                target: fact
                chunk-rows: 7
                columns:
                  id: {type: integer, on-missing: quarantine}
                  n: {type: integer, on-missing: "null"}
                  day: {type: date, formats: [iso, dd.MM.yyyy], on-missing: "null"}
                  at: {type: timestamp, formats: [iso, epoch], zone: UTC, on-missing: "null"}
                  price: {type: decimal, scale: 2, on-missing: "null"}
                  flag: {type: boolean, "yes": [Y, "1"], "no": [N, "0"], on-missing: "null"}
                  state: {type: enum, values: {open: [o], paid: [p]}, on-missing: "null"}
                  mail: {type: email, on-missing: "null"}
                  doc: {type: json, php: true, on-missing: "null"}
                  name: {type: text, on-missing: "null"}
                  mended: {type: text, repair: true, on-missing: "null"}
            """;

    private static final List<String> COLUMNS =
            List.of("n", "day", "at", "price", "flag", "state", "mail", "doc", "name", "mended");

    /// @param column that holds the value; all others hold NULL
    /// @param sql the value as the source is given it
    /// @param becomes what PostgreSQL must say of it as text; null if the row is refused
    record Odd(String column, String sql, @Nullable String becomes) {
        boolean refused() {
            return becomes == null;
        }
    }

    private final List<Odd> rows = new ArrayList<>();

    LyingSource refused(String column, String sql) {
        rows.add(new Odd(column, sql, null));
        return this;
    }

    LyingSource becomes(String column, String sql, String text) {
        rows.add(new Odd(column, sql, text));
        return this;
    }

    List<Odd> rows() {
        return rows;
    }

    /// The statement that adds a row.
    String insert(int id, Odd odd) {
        List<String> values = new ArrayList<>();
        for (String column : COLUMNS) {
            values.add(column.equals(odd.column()) ? odd.sql() : "NULL");
        }
        return "INSERT INTO fact VALUES (" + id + ", " + String.join(", ", values) + ")";
    }

    /// What every source may hold, if its columns are text.
    LyingSource inAnyText() {
        String digits = "1".repeat(400);
        return refused("n", "'abc'")
                .refused("n", "'1.5'")
                .refused("n", "'" + digits + "'")
                .refused("n", "'9223372036854775808'")
                .becomes("n", "'-9223372036854775808'", "-9223372036854775808")
                .refused("n", "'1e3'")
                .refused("n", "'NaN'")
                .refused("n", "'0x10'")
                .becomes("n", "' 12 '", "12")
                .refused("day", "'2023-02-30'")
                .refused("day", "'0000-00-00'")
                .refused("day", "'99999-01-01'")
                .refused("day", "'-0001-01-01'")
                .refused("day", "'31.04.2021'")
                .refused("day", "'20230101'")
                .becomes("day", "'29.02.2024'", "2024-02-29")
                .refused("at", "'2023-01-01 25:00:00'")
                .refused("at", "'" + digits + "'")
                .refused("at", "'99999999999999999'")
                .becomes("at", "'2023-01-01 00:00:00'", "2023-01-01 00:00:00+00")
                .refused("price", "'" + digits + "'")
                .refused("price", "'NaN'")
                .refused("price", "'Infinity'")
                .refused("price", "'1e400'")
                .refused("price", "'1e999999999'")
                .refused("price", "'12345678901.00'")
                .refused("price", "'1.2.3'")
                .becomes("price", "'1,5'", "1.50")
                .refused("flag", "'2'")
                .refused("flag", "'perhaps'")
                .refused("state", "'lost'")
                .refused("mail", "'a@b@c.de'")
                .refused("mail", "'" + "a".repeat(100_000) + "@b.de'")
                .refused("doc", "'{'")
                .refused("doc", "'" + "[".repeat(20_000) + "'")
                .refused("doc", "'" + "[".repeat(20_000) + "]".repeat(20_000) + "'")
                .refused("doc", "'{\"a\":\"\\\\u0000\"}'".replace("\\\\", "\\"))
                .refused("doc", "'[1e999999999]'")
                .refused("doc", "'[1e99999999999]'")
                .refused("doc", "'[1e-99999]'")
                .becomes("doc", "'[1e30]'", "[1000000000000000000000000000000]")
                .refused("doc", "'i:1.5;'")
                .refused("doc", "'i:1e99;'")
                .refused("doc", "'a:1.5:{i:0;i:1;}'")
                .refused("doc", "'a:999999999:{}'")
                .refused("doc", "'s:5:\"ab\";'")
                .refused("doc", "'" + "a:1:{i:0;".repeat(20_000) + "'")
                .becomes("doc", "'a:1:{s:1:\"k\";i:1;}'", "{\"k\": 1}")
                .becomes("name", "'" + "x".repeat(60_000) + "'", "x".repeat(60_000));
    }
}
