package dev.slipway.backend.migration.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.backend.migration.plan.SourceQuery;
import dev.slipway.config.Database;
import dev.slipway.testing.MariaDb;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/// Rows that no index puts in order are the same rows, read once.
class OrderedRowsIT {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t|id|false",
                "t|mail|false",
                "t|a,b|false",
                // an index that begins alike does not tell the rest of the order
                "t|a,c|true",
                "t|c|true",
                "t|n|true",
                "v|a|true",
                "w|id|false",
                "q|a|true",
            })
    void theEngineSaysWhetherItWouldSort(String table, String key, boolean sorts) throws Exception {
        Database database = MariaDb.fresh();
        try (var connection = MariaDb.connect(database);
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE t (id INT PRIMARY KEY, mail VARCHAR(40) UNIQUE, a VARCHAR(20),"
                            + " b INT, c VARCHAR(20), n INT, INDEX (a, b)) ENGINE=InnoDB");
            statement.execute("SET max_recursive_iterations = 1000000");
            statement.execute(
                    "INSERT INTO t WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s"
                            + " WHERE n < 20000) SELECT n, CONCAT('m', n), CONCAT('a', n MOD 500), n,"
                            + " CONCAT('c', n), -n FROM s");
            statement.execute("CREATE VIEW v AS SELECT a, count(*) AS c FROM t GROUP BY a");
            statement.execute("CREATE VIEW w AS SELECT id, mail FROM t WHERE n < 0");
            statement.execute("ANALYZE TABLE t");
        }
        var query =
                table.equals("q")
                        ? new SourceQuery(1, "", "SELECT DISTINCT a FROM t", "")
                        : new SourceQuery(1, table, "", "");
        try (var source = Sources.open(database)) {
            var reading =
                    new Reading(query, source.describe(query).columns(), List.of(key.split(",")));

            assertThat(source.sorts(reading, reading.numbered())).isEqualTo(sorts);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"id|false", "k|false", "a|true", "n|true", "a,n|true"})
    void sqliteSaysItToo(String key, boolean sorts) throws Exception {
        Database database = odd();
        var query = new SourceQuery(1, "t", "", "");
        try (var source = Sources.open(database)) {
            var reading =
                    new Reading(query, source.describe(query).columns(), List.of(key.split(",")));

            assertThat(source.sorts(reading, reading.numbered())).isEqualTo(sorts);
        }
    }

    @Test
    void aRunThatIsStoppedDoesNotBlameTheDisk() throws Exception {
        var query = new SourceQuery(1, "t", "", "");
        try (var source = Sources.open(odd());
                var ordered = new OrderedRows(source)) {
            var scanned = new Reading(query, source.describe(query).columns(), List.of("a"), true);

            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> ordered.read(scanned, KeyRange.ALL, 100))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("the run was stopped")
                    .hasMessageNotContaining("Make room");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void everyValueComesBackAndTheFileIsNotToBeSeen() throws Exception {
        var query = new SourceQuery(1, "t", "", "");
        try (var source = Sources.open(odd());
                var ordered = new OrderedRows(source)) {
            var columns = source.describe(query).columns();
            var plain = new Reading(query, columns, List.of("a"));
            var scanned = new Reading(query, columns, List.of("a"), true);
            List<String> high = source.extent(plain).last();
            List<@Nullable String[]> wanted = source.read(plain, KeyRange.ALL, 1_000);

            assertThat(wanted).hasSize(7);
            var all = new KeyRange(List.of(), high);
            assertThat(ordered.read(scanned, all, 100)).containsExactlyElementsOf(wanted);
            if (!System.getProperty("os.name").startsWith("Windows")) {
                assertThat(spools()).as("it has no name any more").isEmpty();
            }
            // ranges in any order, with one row more than is taken, and a second time
            for (int size : new int[] {1, 2, 3, 5}) {
                List<String> after = List.of();
                for (int at = 0; at < 7; at += size) {
                    var range = new KeyRange(after, high);
                    List<@Nullable String[]> some = ordered.read(scanned, range, size + 1);
                    assertThat(some)
                            .containsExactlyElementsOf(
                                    wanted.subList(at, Math.min(7, at + size + 1)));
                    if (at > 0) {
                        assertThat(ordered.last(scanned, after)).isEqualTo(wanted.get(at - 1));
                    }
                    after = scanned.keyOf(wanted.get(Math.min(6, at + size - 1)));
                }
            }
            List<String> third = scanned.keyOf(wanted.get(2));
            List<String> fifth = scanned.keyOf(wanted.get(4));
            assertThat(ordered.all(scanned, new KeyRange(third, fifth), high, 2))
                    .containsExactlyElementsOf(wanted.subList(3, 5));
            // the chunk once held more: it is asked for anew
            assertThat(ordered.all(scanned, new KeyRange(third, fifth), high, 3))
                    .containsExactlyElementsOf(wanted.subList(3, 5));
            assertThat(ordered.read(scanned, new KeyRange(List.of("no such key"), high), 10))
                    .as("a key that is gone")
                    .containsExactlyElementsOf(
                            source.read(plain, new KeyRange(List.of("no such key"), high), 10));
        }
    }

    private static List<String> spools() throws Exception {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(f -> f.getFileName().toString())
                    .filter(name -> name.matches("slipway-.*\\.rows"))
                    .toList();
        }
    }

    private Database odd() throws Exception {
        var database = new Database("jdbc:sqlite:" + folder.resolve("odd.db"), "", "");
        try (var connection = DriverManager.getConnection(database.url());
                var statement = connection.createStatement()) {
            statement.executeUpdate(
                    "CREATE TABLE t (id INTEGER PRIMARY KEY, k TEXT UNIQUE, a TEXT, n INTEGER, x);"
                            + "INSERT INTO t VALUES (1, 'q', 'zz', 7, NULL), (2, 'w', 'ä', 6, ''),"
                            + " (3, 'e', '€', 5, CAST(X'FF00C3' AS TEXT)), (4, 'r', '😀', 4, X'8080'),"
                            + " (5, 't', '10', 3, 1.5e300), (6, 'y', '9', 2, 'a' || char(0) || 'b'),"
                            + " (7, 'u', '', 1, zeroblob(70000))");
        }
        return database;
    }
}
