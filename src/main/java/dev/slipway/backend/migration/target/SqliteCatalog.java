package dev.slipway.backend.migration.target;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What an SQLite file says of its tables.
final class SqliteCatalog {
    private final Connection connection;

    SqliteCatalog(Connection connection) {
        this.connection = connection;
    }

    /// The names of all tables, in their order.
    List<String> tables() throws SQLException {
        List<String> names = new ArrayList<>();
        try (var statement =
                        connection.prepareStatement(
                                "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1");
                var row = statement.executeQuery()) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    Optional<TargetTable> table(String name) throws SQLException {
        List<TargetColumn> columns = new ArrayList<>();
        var primary = new TreeMap<Integer, String>();
        try (var statement = connection.prepareStatement("SELECT * FROM pragma_table_xinfo(?)")) {
            statement.setString(1, name);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    if (row.getInt("pk") > 0) {
                        primary.put(row.getInt("pk"), row.getString("name"));
                    }
                    if (row.getInt("hidden") == 0) {
                        columns.add(column(row));
                    }
                }
            }
        }
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        List<List<String>> unique = unique(name);
        if (!primary.isEmpty()) {
            unique.addFirst(List.copyOf(primary.values()));
        }
        return Optional.of(
                new TargetTable(
                        name, columns, List.copyOf(primary.values()), unique, foreign(name)));
    }

    private static TargetColumn column(ResultSet row) throws SQLException {
        String declared = row.getString("type");
        boolean required = row.getBoolean("notnull") && row.getString("dflt_value") == null;
        // a lone INTEGER primary key numbers itself
        boolean rowid = row.getInt("pk") == 1 && declared.equalsIgnoreCase("INTEGER");
        return new TargetColumn(
                row.getString("name"), kind(declared), declared, declared, required && !rowid);
    }

    private static Kind kind(String declared) {
        return switch (declared.toUpperCase(Locale.ROOT)) {
            case "INTEGER", "INT" -> Kind.INTEGER;
            case "TEXT" -> Kind.TEXT;
            default -> Kind.OTHER;
        };
    }

    private List<List<String>> unique(String table) throws SQLException {
        Map<String, List<String>> indexes = new LinkedHashMap<>();
        try (var statement =
                connection.prepareStatement(
                        "SELECT l.name, i.name FROM pragma_index_list(?) l,"
                                + " pragma_index_info(l.name) i WHERE l.\"unique\" = 1"
                                + " AND l.partial = 0 ORDER BY l.seq, i.seqno")) {
            statement.setString(1, table);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    indexes.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                            .add(String.valueOf(row.getString(2)));
                }
            }
        }
        return new ArrayList<>(indexes.values());
    }

    private List<ForeignKey> foreign(String table) throws SQLException {
        Map<Integer, ForeignKey> keys = new LinkedHashMap<>();
        try (var statement =
                connection.prepareStatement(
                        "SELECT * FROM pragma_foreign_key_list(?) ORDER BY id, seq")) {
            statement.setString(1, table);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    String from = row.getString("from");
                    String to = Optional.ofNullable(row.getString("to")).orElse(from);
                    keys.merge(
                            row.getInt("id"),
                            new ForeignKey(
                                    List.of(from), row.getString("table"), List.of(to), false),
                            SqliteCatalog::joined);
                }
            }
        }
        return List.copyOf(keys.values());
    }

    private static ForeignKey joined(ForeignKey a, ForeignKey b) {
        List<String> columns = new ArrayList<>(a.columns());
        List<String> references = new ArrayList<>(a.references());
        columns.addAll(b.columns());
        references.addAll(b.references());
        return new ForeignKey(columns, a.table(), references, false);
    }
}
