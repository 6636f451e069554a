package dev.slipway.backend.migration.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Asks MariaDB or MySQL where its binlog stands. Each of them has had names of its own for the
/// question.
final class BinlogPosition {
    private static final List<String> QUESTIONS =
            List.of("SHOW MASTER STATUS", "SHOW BINLOG STATUS", "SHOW BINARY LOG STATUS");
    private static final int SYNTAX = 1064;

    /// The server's codes for a user who may not ask.
    private static final List<Integer> FORBIDDEN = List.of(1045, 1142, 1227);

    private BinlogPosition() {}

    /// @throws SQLException if the connection is lost
    static Position of(Connection connection) throws SQLException {
        String why = "";
        for (String question : QUESTIONS) {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(question)) {
                return row.next()
                        ? told(connection, row)
                        : Position.unknown("the source writes no binlog (log_bin is off)");
            } catch (SQLException e) {
                if (!connection.isValid(1)) {
                    throw e;
                }
                why = why(e);
                if (e.getErrorCode() != SYNTAX) {
                    break;
                }
            }
        }
        return Position.unknown(why);
    }

    private static Position told(Connection connection, ResultSet row) throws SQLException {
        String database = text(connection.getCatalog());
        if (leftOut(database, text(row.getString(3)), text(row.getString(4)))) {
            return Position.unknown(
                    "the source's binlog leaves out the database '%s' (binlog-do-db,"
                                    .formatted(database)
                            + " binlog-ignore-db)");
        }
        return new Position(row.getString(1), row.getLong(2), gtid(connection, row), "");
    }

    /// Up to where in the log whoever reads from now on sees what stands there. The log may be
    /// ahead: a transaction is written to it, and told to replicas, before it is to be seen; a
    /// replica that must confirm it makes that seconds. MariaDB says where a snapshot stands in its
    /// log.
    ///
    /// @param end of the log
    /// @return empty if the server does not say
    static Optional<Position> seen(Connection connection, Position end) throws SQLException {
        String file = "";
        long offset = 0;
        try (var statement = connection.createStatement()) {
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
            try (var row = statement.executeQuery("SHOW STATUS LIKE 'binlog_snapshot_%'")) {
                while (row.next()) {
                    if (row.getString(1).equalsIgnoreCase("binlog_snapshot_file")) {
                        file = row.getString(2);
                    } else if (row.getString(1).equalsIgnoreCase("binlog_snapshot_position")) {
                        offset = row.getLong(2);
                    }
                }
            } finally {
                statement.execute("ROLLBACK");
            }
        }
        if (file.isEmpty()) {
            return Optional.empty();
        }
        boolean same = file.equals(end.file()) && offset == end.offset();
        return Optional.of(same ? end : new Position(file, offset, "", ""));
    }

    /// @param only the databases that the binlog tells of, with commas; empty if all
    /// @param not those that it does not tell of
    static boolean leftOut(String database, String only, String not) {
        var all = List.of(only.split(",", -1));
        return !only.isEmpty() && !all.contains(database)
                || List.of(not.split(",", -1)).contains(database) && !database.isEmpty();
    }

    private static String why(SQLException e) {
        return FORBIDDEN.contains(e.getErrorCode())
                ? "the source's user may not see where the binlog stands; MariaDB: GRANT BINLOG"
                        + " MONITOR, MySQL: GRANT REPLICATION CLIENT"
                : "the source does not tell where its binlog stands: " + e.getMessage();
    }

    /// MySQL has it in a column of its answer, MariaDB in a variable.
    private static String gtid(Connection connection, ResultSet row) throws SQLException {
        var meta = row.getMetaData();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            if (meta.getColumnName(i).equalsIgnoreCase("Executed_Gtid_Set")) {
                return text(row.getString(i));
            }
        }
        try (var statement = connection.createStatement();
                var variable = statement.executeQuery("SELECT @@GLOBAL.gtid_binlog_pos")) {
            return variable.next() ? text(variable.getString(1)) : "";
        } catch (SQLException e) {
            return "";
        }
    }

    private static String text(String value) {
        return value == null ? "" : value.replace("\n", "");
    }
}
