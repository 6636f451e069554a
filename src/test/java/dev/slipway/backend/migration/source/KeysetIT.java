package dev.slipway.backend.migration.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.backend.migration.plan.SourceQuery;
import dev.slipway.config.Database;
import dev.slipway.testing.MariaDb;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Chunks cut by a key must hold every row once, in whatever way the source compares that key: the
/// order that rows come in and the order that `key > ?` means must be the same.
class KeysetIT {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // letters by a dictionary, not by their bytes; a byte order would lose rows
                "k VARCHAR(20) COLLATE latin1_swedish_ci|'a','B','ä','Ö','z','Z1','ü','_x','10','9',''",
                "k VARCHAR(20) COLLATE latin1_german1_ci|'a','B','ä2','Ö','z','ß','y','€5','10','9'",
                "k VARCHAR(20) COLLATE utf8mb4_unicode_ci|'a','B','ä2','Ö','z','ł','😀','😁x','ø','9'",
                "k VARCHAR(20) COLLATE utf8mb4_general_ci|'a','B','ä2','Ö','z','ł','é','_','ø','9'",
                // names that differ in case or blanks alone are several
                "k VARCHAR(20) COLLATE latin1_bin|'abc','ABC','Abc','aBC','b','B','ä'",
                "k VARCHAR(20) COLLATE utf8mb4_nopad_bin|'abc','abc ','abc  ','ABC','ABC ','','ab'",
                "k VARCHAR(20)|'o''k','a\\\\\\\\b','z\\\\\\\\','%','_','\"q\"','a\tb'",
                "k CHAR(5)|'a','ab','ab c','b'",
                // kept by number, shown by word
                "k ENUM('zeta','alpha','mid','beta')|'zeta','alpha','mid','beta'",
                "k SET('z','a')|'z','a','z,a',''",
                // more digits than a double tells apart
                "k BIGINT UNSIGNED|18446744073709551615,18446744073709551614,9223372036854775808,7,0",
                "k DECIMAL(38,10)|12345678901234567890.1,12345678901234567890.2,-1,0.0000000001,3",
                "k BIGINT|-9223372036854775808,9223372036854775807,9223372036854775806,0,-1",
                "k DATE|'0000-00-00','2020-01-01','2020-07-00','1999-12-31'",
                "k DATETIME|'0000-00-00','2020-01-01 10:00:00','2020-01-01 09:59:59','1999-12-31'",
                "k TIMESTAMP|'2020-01-01 10:00:00','2020-01-01 09:59:59','1999-12-31 23:59:59'",
                "k TIME|'10:00:00','-01:00:00','100:00:00','09:59:59'",
                "k YEAR|2020,1999,2021,1901",
                "k BOOLEAN|0,1,2",
            })
    void mariaDbGivesEachRowOnce(String column, String values) throws Exception {
        Database database = MariaDb.fresh();
        try (var connection = MariaDb.connect(database);
                var statement = connection.createStatement()) {
            statement.execute("SET NAMES utf8mb4");
            statement.execute("CREATE TABLE t (" + column + " NOT NULL, n INT, PRIMARY KEY (k))");
            statement.execute(
                    "CREATE TABLE u (" + column + " NOT NULL, n INT, PRIMARY KEY (k, n))");
            for (String value : values.split("(?<=[\\d'\"]),(?=['\\d-])")) {
                statement.execute("INSERT INTO t VALUES (" + value + ", 1)");
                statement.execute("INSERT INTO u VALUES (" + value + ", 1), (" + value + ", 2)");
            }
        }
        try (var source = Sources.open(database)) {
            int rows = values.split("(?<=[\\d'\"]),(?=['\\d-])").length;
            assertThat(rows).isGreaterThan(2);
            eachOnce(source, "t", List.of("k"), rows);
            eachOnce(source, "u", List.of("k", "n"), 2 * rows);
        }
    }

    /// SQLite holds every number less than every text, whatever was declared.
    @Test
    void sqliteGivesEachRowOnce() throws Exception {
        var database = new Database("jdbc:sqlite:" + folder.resolve("legacy.db"), "", "");
        try (var connection = DriverManager.getConnection(database.url());
                var statement = connection.createStatement()) {
            statement.executeUpdate(
                    "CREATE TABLE t (k VARCHAR(10) PRIMARY KEY COLLATE NOCASE, n INT);"
                            + "INSERT INTO t VALUES ('a', 1), ('B', 2), ('ä', 3), ('10', 4), ('9', 5);"
                            + "CREATE TABLE u (k DECIMAL(10,2) PRIMARY KEY, n INT) WITHOUT ROWID;"
                            + "INSERT INTO u VALUES (10, 1), (9, 2), (9.5, 3), ('x', 4);"
                            + "CREATE TABLE v (k INTEGER, n INT, PRIMARY KEY (k, n));"
                            + "INSERT INTO v VALUES (10, 1), (9, 2), ('y', 3), ('x', 4), (-1, 5)");
        }
        try (var source = Sources.open(database)) {
            eachOnce(source, "t", List.of("k"), 5);
            eachOnce(source, "u", List.of("k"), 4);
            eachOnce(source, "v", List.of("k", "n"), 5);
        }
    }

    private static void eachOnce(Source source, String table, List<String> key, int rows)
            throws Exception {
        var query = new SourceQuery(1, table, "", "");
        var reading = new Reading(query, source.describe(query).columns(), key);
        Extent extent = source.extent(reading);
        assertThat(extent.rows()).isEqualTo(rows);
        List<List<String>> seen = new ArrayList<>();
        List<String> after = List.of();
        for (int reads = 0; reads <= rows; reads++) {
            var range = new KeyRange(after, extent.last());
            List<@Nullable String[]> some = source.read(reading, range, 2);
            some.forEach(row -> seen.add(reading.keyOf(row)));
            if (some.isEmpty()) {
                break;
            }
            after = reading.keyOf(some.getLast());
            assertThat(source.count(reading, new KeyRange(List.of(), after)))
                    .isEqualTo(seen.size());
        }
        assertThat(seen).hasSize(rows);
        assertThat(new HashSet<>(seen)).hasSize(rows);
        assertThat(source.rows(reading, seen)).hasSize(rows);
    }
}
