package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.source.Source;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Whether a MariaDB or MySQL writes a binlog that tells of every row.
final class BinlogSettings {
    /// How whole the rows' images are is not asked: a key that one lacks is noticed with the row.
    private static final String ASKED =
            "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('log_bin', 'binlog_format',"
                    + " 'log_bin_compress', 'binlog_row_value_options',"
                    + " 'binlog_transaction_compression', 'version',"
                    + " 'rpl_semi_sync_master_enabled', 'rpl_semi_sync_master_wait_point',"
                    + " 'rpl_semi_sync_source_enabled', 'rpl_semi_sync_source_wait_point')";

    private BinlogSettings() {}

    /// @throws Stopped saying what is wrong and how it is put right
    static void check(Source source) throws SQLException, Stopped {
        Map<String, String> is = new HashMap<>();
        for (List<@Nullable Object> row : source.query(ASKED, 20)) {
            is.put(
                    String.valueOf(row.get(0)).toLowerCase(Locale.ROOT),
                    String.valueOf(row.get(1)).toUpperCase(Locale.ROOT));
        }
        judge(is);
    }

    /// @param is global variables by their names in small letters, values in capitals; one that is
    ///   missing is not known to the server
    static void judge(Map<String, String> is) throws Stopped {
        want(is, "log_bin", "ON", "start the server with log-bin");
        want(is, "binlog_format", "ROW", "SET GLOBAL binlog_format = 'ROW'");
        want(is, "log_bin_compress", "OFF", "SET GLOBAL log_bin_compress = OFF");
        want(is, "binlog_row_value_options", "", "SET GLOBAL binlog_row_value_options = ''");
        want(
                is,
                "binlog_transaction_compression",
                "OFF",
                "SET GLOBAL binlog_transaction_compression = OFF");
        confirmed(is, "master");
        confirmed(is, "source");
    }

    /// A transaction that waits for a replica is in the log for seconds before it can be read.
    /// MariaDB says up to where it can; MySQL does not.
    private static void confirmed(Map<String, String> is, String role) throws Stopped {
        String name = "rpl_semi_sync_" + role;
        boolean says = is.getOrDefault("version", "").contains("MARIADB");
        if (!says && is.getOrDefault(name + "_enabled", "OFF").equals("ON")) {
            String how = "SET GLOBAL " + name + "_wait_point = 'AFTER_COMMIT'";
            want(is, name + "_wait_point", "AFTER_COMMIT", how);
        }
    }

    private static void want(Map<String, String> is, String name, String value, String how)
            throws Stopped {
        String found = is.getOrDefault(name, value);
        if (!found.equals(value)) {
            throw new Stopped(
                    "the source's %s is '%s'; the sync wants '%s'. %s, let its connections begin anew,"
                                    .formatted(name, found, value, how)
                            + " and run the sync with --anew: it reads every step whole and goes on"
                            + " from now");
        }
    }
}
