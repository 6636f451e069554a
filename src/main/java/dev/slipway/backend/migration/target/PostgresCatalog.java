package dev.slipway.backend.migration.target;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What PostgreSQL says about its tables.
final class PostgresCatalog {
    private static final String COLUMNS =
            """
            SELECT a.attname, format_type(a.atttypid, a.atttypmod),
                   CASE WHEN b.typtype = 'e' THEN 'enum' ELSE b.typname END,
                   a.attnotnull AND d.oid IS NULL AND a.attidentity = ''
            FROM pg_attribute a
            JOIN pg_type t ON t.oid = a.atttypid
            JOIN pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
              AND a.attgenerated = ''
            ORDER BY a.attnum""";
    private static final String UNIQUE =
            """
            SELECT i.indisprimary,
                   (SELECT array_agg(a.attname::text ORDER BY k.n)
                    FROM unnest(i.indkey::int2[]) WITH ORDINALITY k(num, n)
                    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num)
            FROM pg_index i
            WHERE i.indrelid = to_regclass(?) AND i.indisunique AND i.indpred IS NULL
              AND i.indexprs IS NULL
            ORDER BY i.indisprimary DESC, i.indexrelid""";
    private static final String FOREIGN =
            """
            SELECT (SELECT array_agg(a.attname::text ORDER BY k.n)
                    FROM unnest(c.conkey) WITH ORDINALITY k(num, n)
                    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num),
                   f.relname,
                   (SELECT array_agg(a.attname::text ORDER BY k.n)
                    FROM unnest(c.confkey) WITH ORDINALITY k(num, n)
                    JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num),
                   c.convalidated
            FROM pg_constraint c JOIN pg_class f ON f.oid = c.confrelid
            WHERE c.conrelid = to_regclass(?) AND c.contype = 'f'
            ORDER BY c.conname""";
    private static final String TABLES =
            "SELECT table_name FROM information_schema.tables"
                    + " WHERE table_schema = ANY (current_schemas(false)) ORDER BY 1";

    private final Connection connection;

    PostgresCatalog(Connection connection) {
        this.connection = connection;
    }

    List<String> tables() throws SQLException {
        List<String> names = new ArrayList<>();
        try (var statement = connection.prepareStatement(TABLES);
                var row = statement.executeQuery()) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    /// @param quoted the name as SQL wants it
    Optional<TargetTable> table(String name, String quoted) throws SQLException {
        List<TargetColumn> columns = new ArrayList<>();
        List<String> primary = new ArrayList<>();
        List<List<String>> unique = new ArrayList<>();
        List<ForeignKey> foreign = new ArrayList<>();
        each(COLUMNS, quoted, row -> columns.add(column(row)));
        each(
                UNIQUE,
                quoted,
                row -> {
                    unique.add(texts(row, 2));
                    if (row.getBoolean(1)) {
                        primary.addAll(texts(row, 2));
                    }
                });
        each(
                FOREIGN,
                quoted,
                row ->
                        foreign.add(
                                new ForeignKey(
                                        texts(row, 1),
                                        row.getString(2),
                                        texts(row, 3),
                                        row.getBoolean(4))));
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(new TargetTable(name, columns, primary, unique, foreign));
    }

    private static TargetColumn column(ResultSet row) throws SQLException {
        String type = row.getString(3);
        return new TargetColumn(
                row.getString(1), kind(type), type, row.getString(2), row.getBoolean(4));
    }

    private static Kind kind(String type) {
        return switch (type) {
            case "int2", "int4", "int8" -> Kind.INTEGER;
            case "numeric" -> Kind.NUMERIC;
            case "bool" -> Kind.BOOLEAN;
            case "date" -> Kind.DATE;
            case "timestamptz" -> Kind.MOMENT;
            case "text", "varchar", "bpchar", "citext", "enum", "json" -> Kind.TEXT;
            case "jsonb" -> Kind.JSON;
            default -> Kind.OTHER;
        };
    }

    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private void each(String sql, String table, Row take) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, table);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    take.take(row);
                }
            }
        }
    }

    private static List<String> texts(ResultSet row, int at) throws SQLException {
        return Arrays.asList((String[]) row.getArray(at).getArray());
    }
}
