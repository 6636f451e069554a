package dev.slipway.backend.migration.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.backend.migration.plan.SourceQuery;
import dev.slipway.backend.migration.source.SourceColumn.Kind;
import dev.slipway.config.Database;
import dev.slipway.testing.MariaDb;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/// What a careless reader of MariaDB loses without a word.
class MariaDbSourceIT {
    private static final SourceQuery VALUES = new SourceQuery(1, "v", "", "");
    private Database database;

    @BeforeEach
    void fill() throws Exception {
        database = MariaDb.fresh();
        try (var connection = MariaDb.connect(database);
                var statement = connection.createStatement()) {
            statement.execute("SET time_zone = '+05:00'");
            statement.execute(
                    "CREATE TABLE v (a INT, b VARCHAR(10), t VARCHAR(40), day DATE, at DATETIME,"
                            + " seen TIMESTAMP NULL, flag TINYINT(1), price DECIMAL(10,2), raw BLOB,"
                            + " PRIMARY KEY (a, b)) CHARSET latin1");
            statement.execute(
                    "INSERT INTO v VALUES (1, 'x', _latin1 X'8020E4', '0000-00-00',"
                            + " '2020-07-00 00:00:00', '2020-07-01 05:00:00', 2, 1.50, X'FF00'),"
                            + " (1, 'y', CONCAT('a', CHAR(0), 'b'), NULL, '0000-00-00 00:00:00', NULL,"
                            + " NULL, NULL, NULL), (2, 'a', 'plain', '2020-02-29',"
                            + " '2020-02-29 23:59:59', NULL, 1, -3, 'text')");
        }
    }

    @Test
    void losesNothing() throws Exception {
        try (var source = Sources.open(database)) {
            List<@Nullable String[]> rows = source.read(reading(source), KeyRange.ALL, 10);

            assertThat(rows.get(0))
                    .containsExactly(
                            "1",
                            "x",
                            "€ ä",
                            "0000-00-00",
                            "2020-07-00 00:00:00",
                            "2020-07-01 00:00:00Z",
                            "2",
                            "1.50",
                            "\uDCFF\0");
            assertThat(rows.get(1))
                    .containsExactly(
                            "1", "y", "a\0b", null, "0000-00-00 00:00:00", null, null, null, null);
            assertThat(rows.get(2)[3]).isEqualTo("2020-02-29");
        }
    }

    @Test
    void knowsItsColumnsAndItsKey() throws Exception {
        try (var source = Sources.open(database)) {
            SourceTable table = source.describe(VALUES);

            assertThat(table.columns())
                    .extracting(SourceColumn::kind)
                    .containsExactly(
                            Kind.INTEGER,
                            Kind.TEXT,
                            Kind.TEXT,
                            Kind.DATE,
                            Kind.DATETIME,
                            Kind.TIMESTAMP,
                            Kind.INTEGER,
                            Kind.DECIMAL,
                            Kind.BINARY);
            assertThat(table.unique()).containsExactly(List.of("a", "b"));
        }
    }

    @Test
    void readsRangesOfACompositeKeyWithoutLossOrDoubling() throws Exception {
        try (var source = Sources.open(database)) {
            Reading reading = reading(source);
            var after = new KeyRange(List.of("1", "x"), List.of("2", "a"));

            assertThat(source.read(reading, after, 10)).hasSize(2);
            assertThat(source.count(reading, after)).isEqualTo(2);
            assertThat(source.read(reading, new KeyRange(List.of(), List.of("1", "x")), 10))
                    .hasSize(1);
            assertThat(source.extent(reading))
                    .isEqualTo(new Extent(3, List.of("1", "x"), List.of("2", "a")));
            var keys = List.of(List.of("1", "y"), List.of("7", "y"));
            assertThat(source.rows(reading, keys)).hasSize(1);
        }
    }

    @Test
    void addsUpByItself() throws Exception {
        try (var source = Sources.open(database)) {
            var added = new Added();
            var sought = new Sought(List.of("price"), List.of(), null);
            source.add(reading(source), KeyRange.ALL, sought, added);

            assertThat(added.exact("price")).isTrue();
            assertThat(added.sums("price").get("")).isEqualByComparingTo("-1.50");
            assertThat(added.keys()).isEqualTo(3);
        }
    }

    private static Reading reading(Source source) throws Exception {
        return new Reading(VALUES, source.describe(VALUES).columns(), List.of("a", "b"));
    }
}
