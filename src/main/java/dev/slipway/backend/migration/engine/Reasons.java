package dev.slipway.backend.migration.engine;

import java.sql.SQLException;

/// Why a database refused a row, in one line.
final class Reasons {
    private static final int LONGEST = 300;

    private Reasons() {}

    static String of(SQLException e) {
        SQLException cause = e.getNextException() == null ? e : e.getNextException();
        String message = String.valueOf(cause.getMessage()).strip();
        String line = message.lines().findFirst().orElse(cause.getSQLState());
        return "the target refused it: " + line.substring(0, Math.min(LONGEST, line.length()));
    }
}
