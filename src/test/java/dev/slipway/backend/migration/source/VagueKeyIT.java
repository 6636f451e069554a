package dev.slipway.backend.migration.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.migration.RunState;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.engine.Control;
import dev.slipway.backend.migration.engine.Engine;
import dev.slipway.backend.migration.engine.Listener;
import dev.slipway.backend.migration.engine.Outcome;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.plan.SourceQuery;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.config.BadFile;
import dev.slipway.config.Database;
import dev.slipway.testing.Engines;
import dev.slipway.testing.MariaDb;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/// Unique indexes that do not tell each row from every other by the columns they name, or tell more
/// than those do: by such a key rows would be passed over between two chunks.
class VagueKeyIT {
    private static final int ROWS = 60;

    /// %1$s is the step's key, or nothing.
    private static final String PLAN =
            """
            name: vague
            schema:
              sqlite:
                before: CREATE TABLE page (n INTEGER PRIMARY KEY) STRICT;
            steps:
              - name: pages
                source: {table: page}
                target: page
                chunk-rows: 7
                %s
                columns:
                  n: {type: integer, on-missing: quarantine}
            """;

    private static final String NUMBERS =
            " WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < "
                    + ROWS
                    + ")";

    @TempDir Path folder;

    /// @param columns and indexes of the table
    /// @param values of a row `n`
    /// @param key that tells the rows apart
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            textBlock =
                    """
                    shop INT NOT NULL, url VARCHAR(300) NOT NULL, n INT, PRIMARY KEY (shop, url(100)) ; n % 3, concat('u', n), n ; [shop, url]
                    a INT NOT NULL, b INT, n INT NOT NULL, UNIQUE (a, b) ; n % 3, IF(n % 2 = 0, n, NULL), n ; [n]
                    a INT, n INT NOT NULL, UNIQUE (a) ; IF(n % 2 = 0, n, NULL), n ; [n]
                    """)
    void mariaDbVouchesForWholeColumnsThatAreNeverNull(String columns, String values, String key)
            throws Exception {
        Database source = MariaDb.fresh();
        try (var connection = MariaDb.connect(source);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE page (" + columns + ")");
            statement.execute("INSERT INTO page" + NUMBERS + " SELECT " + values + " FROM s");
        }

        nothingIsVouchedFor(source);
        everyRowIsCopied(source, "key: " + key);
    }

    /// A unique index does not keep NULL from being there many times.
    @Test
    void aKeyThatAUniqueIndexNamesAndThatIsNullIsRefused() throws Exception {
        Database source = MariaDb.fresh();
        try (var connection = MariaDb.connect(source);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE page (a INT NOT NULL, b INT, n INT, UNIQUE (a, b))");
            statement.execute(
                    "INSERT INTO page" + NUMBERS + " SELECT 1, IF(n % 2 = 0, n, NULL), n FROM s");
        }

        assertThatThrownBy(() -> run(source, "key: [a, b]"))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("the key [a, b] is not unique or is NULL: [1, null, 30]");
    }

    @Test
    void aWholeIndexBesideAVagueOneIsTaken() throws Exception {
        Database source = MariaDb.fresh();
        try (var connection = MariaDb.connect(source);
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE page (a INT, u VARCHAR(200) NOT NULL, n INT NOT NULL,"
                            + " UNIQUE a_first (a), UNIQUE b_next (u(20)), UNIQUE c_last (n, u))");
            statement.execute("INSERT INTO page" + NUMBERS + " SELECT NULL, n, n FROM s");
        }

        assertThat(vouched(source)).containsExactly(List.of("n", "u"));
        everyRowIsCopied(source, "");
    }

    /// The key has an order of its own, that of the column knows no case.
    @Test
    void sqliteKeyThatTellsMoreThanItsColumn() throws Exception {
        Database source =
                sqlite(
                        "code TEXT NOT NULL COLLATE NOCASE, n INTEGER NOT NULL,"
                                + " PRIMARY KEY (code COLLATE BINARY)",
                        "CASE WHEN n > 30 THEN 'K' ELSE 'k' END || (100 + n % 30), n");

        nothingIsVouchedFor(source);
        everyRowIsCopied(source, "key: n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            textBlock =
                    """
                    code TEXT NOT NULL COLLATE NOCASE PRIMARY KEY, n INTEGER ; 'k' || n, n
                    code TEXT NOT NULL, n INTEGER, PRIMARY KEY (code COLLATE NOCASE) ; 'k' || n, n
                    code NUMERIC NOT NULL PRIMARY KEY, n INTEGER ; n / 7.0, n
                    a INT NOT NULL, b TEXT NOT NULL, n INTEGER, PRIMARY KEY (a, b) ; n % 3, n, n
                    rowid TEXT, n INTEGER ; 'same', n
                    n INTEGER, part INTEGER ; n, n % 2
                    """)
    void sqliteKeyThatTellsEachRow(String columns, String values) throws Exception {
        everyRowIsCopied(sqlite(columns, values), "");
    }

    @Test
    void sqliteIndexesThatAreNoKeyAreNone() throws Exception {
        Database source = sqlite("n INTEGER NOT NULL, a TEXT, url TEXT", "n, NULL, 'u' || n");
        try (var connection = Engines.SQLITE.connect(source);
                var statement = connection.createStatement()) {
            statement.execute("CREATE UNIQUE INDEX some ON page (url) WHERE n < 0");
            statement.execute("CREATE UNIQUE INDEX computed ON page (n + 1)");
            statement.execute("CREATE UNIQUE INDEX missing ON page (a)");
        }

        assertThat(vouched(source)).containsExactly(List.of("rowid"));
        everyRowIsCopied(source, "");
    }

    /// As text such a number stands behind every number.
    @ParameterizedTest
    @ValueSource(strings = {"n", "'n' || n", "CASE WHEN n % 2 = 0 THEN n ELSE 'n' || n END"})
    void sqliteKeyWithoutATypeLosesNoRow(String code) throws Exception {
        Database source = sqlite("code NOT NULL PRIMARY KEY, n INTEGER", code + ", n");

        if (code.startsWith("'")) {
            everyRowIsCopied(source, "");
        } else {
            assertThatThrownBy(() -> run(source, ""))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("the key [code] holds numbers among no declared type");
        }
    }

    @Test
    void sqliteKeyThatIsNullIsRefused() throws Exception {
        Database source =
                sqlite(
                        "a INT, b TEXT, n INTEGER, PRIMARY KEY (a, b)",
                        "n % 3, CASE WHEN n % 2 = 0 THEN n END, n");

        assertThatThrownBy(() -> run(source, ""))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("holds NULL in 30 row(s)");
    }

    private Database sqlite(String columns, String values) throws SQLException {
        Database source = Engines.SQLITE.fresh(folder, "legacy");
        try (var connection = Engines.SQLITE.connect(source);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE page (" + columns + ")");
            statement.execute("INSERT INTO page" + NUMBERS + " SELECT " + values + " FROM s");
        }
        return source;
    }

    private static List<List<String>> vouched(Database database) throws SQLException {
        try (var source = Sources.open(database)) {
            return source.describe(new SourceQuery(1, "page", "", "")).unique();
        }
    }

    private void nothingIsVouchedFor(Database source) throws SQLException {
        assertThat(vouched(source)).isEmpty();
        assertThatThrownBy(() -> run(source, ""))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("the source names no key");
    }

    private void everyRowIsCopied(Database source, String key) throws Exception {
        Outcome outcome = run(source, key);

        assertThat(outcome.reason()).isEmpty();
        assertThat(outcome.state()).isEqualTo(RunState.VALIDATED);
        try (var connection = Engines.SQLITE.connect(target());
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*), sum(n) FROM page")) {
            assertThat(row.getLong(1)).isEqualTo(ROWS);
            assertThat(row.getLong(2)).isEqualTo(ROWS * (ROWS + 1) / 2);
        }
    }

    private Database target() {
        return Engines.SQLITE.fresh(folder, "shop");
    }

    private Outcome run(Database source, String key) throws Exception {
        try (var from = Sources.open(source);
                var to = Targets.open(target())) {
            return new Engine(
                            PlanReader.read("vague.yaml", PLAN.formatted(key), folder),
                            from,
                            to,
                            Converters.STANDARD,
                            Listener.NONE,
                            Control.GO_ON,
                            InstantSource.system(),
                            new Worker("here"))
                    .run("run-1");
        }
    }
}
