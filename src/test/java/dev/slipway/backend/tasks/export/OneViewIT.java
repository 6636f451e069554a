package dev.slipway.backend.tasks.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.backend.tasks.export.file.Column;
import dev.slipway.backend.tasks.export.source.OrderSource;
import dev.slipway.backend.tasks.export.source.RowSink;
import dev.slipway.config.Database;
import dev.slipway.testing.MariaDb;
import dev.slipway.testing.Postgres;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Orders are read from one view of the shop's database on every engine: rows that come while they
/// are read are in none of it.
class OneViewIT {
    private static final int ROWS = 5_000;

    @Test
    void ofSqlite(@TempDir Path home) throws Exception {
        Path file = home.resolve("shop.sqlite");
        try (Connection shop = OrderShop.sqlite(file)) {
            readsOneView(shop, ExportFixture.sqlite(file));
        }
    }

    @Test
    void ofPostgres() throws Exception {
        Database database = Postgres.fresh();
        try (Connection shop = Postgres.connect(database)) {
            OrderShop.table(shop, "TIMESTAMPTZ", "TEXT");
            List<Column> columns = readsOneView(shop, ExportFixture.source(database, Map.of()));
            assertThat(columns)
                    .containsExactly(
                            Column.of("id", Column.Type.INTEGER),
                            Column.of("ordered_at", Column.Type.TIMESTAMP),
                            Column.of("ordered_on", Column.Type.DATE),
                            Column.text("vendor"),
                            Column.text("title"),
                            Column.decimal("amount", 12, 2),
                            Column.of("gift", Column.Type.BOOLEAN));
        }
    }

    @Test
    void ofMariaDb() throws Exception {
        Database database = MariaDb.fresh();
        try (Connection shop = MariaDb.connect(database)) {
            OrderShop.table(shop, "DATETIME(6)", "VARCHAR(100) CHARACTER SET utf8mb4");
            readsOneView(shop, ExportFixture.source(database, Map.of()));
        }
    }

    private static List<Column> readsOneView(Connection shop, OrderSource source) throws Exception {
        OrderShop.add(shop, 1, ROWS);
        List<Column> columns = new ArrayList<>();
        List<Object> ids = new ArrayList<>();
        List<@Nullable Object> moments = new ArrayList<>();
        long[] expected = new long[1];
        source.read(
                ExportFilter.ALL,
                0,
                new RowSink() {
                    @Override
                    public void begin(List<Column> all, long total, Instant asOf) {
                        columns.addAll(all);
                        expected[0] = total;
                        more(shop);
                    }

                    @Override
                    public boolean skipped() {
                        throw new AssertionError("none is to be skipped");
                    }

                    @Override
                    public boolean row(@Nullable Object[] values) throws Column.DoesNotFit {
                        for (int i = 0; i < values.length; i++) {
                            columns.get(i).fitted(values[i]);
                        }
                        ids.add(String.valueOf(values[0]));
                        moments.add(values[1]);
                        return true;
                    }
                });
        assertThat(expected[0]).isEqualTo(ROWS);
        assertThat(ids).hasSize(ROWS).doesNotHaveDuplicates();
        assertThat(moments).contains(Instant.parse("2026-11-02T10:20:30.123456Z"));
        assertThat(OrderShop.rows(shop, "1 = 1")).hasSize(ROWS + 100);
        return columns;
    }

    /// By the database where the query allows it, and else by reading past them.
    private static void skips(Connection shop, Database database, Map<String, Column> types)
            throws Exception {
        OrderShop.add(shop, 1, ROWS);
        for (String sql : List.of(OrderShop.SQL, OrderShop.SQL + " LIMIT 4990")) {
            int total = sql.endsWith("4990") ? 4_990 : ROWS;
            var source =
                    ExportFixture.source(
                            database, sql + " -- the shop's", types, InstantSource.system());
            var rows = new ReadRows(0);
            source.read(ExportFilter.ALL, 4_321, rows);
            assertThat(rows.total()).isEqualTo(total);
            assertThat(rows.values)
                    .isEqualTo(IntStream.rangeClosed(4_322, total).mapToObj(i -> "" + i).toList());
        }
        var impatient = ReadRows.impatient(7);
        ExportFixture.source(database, OrderShop.SQL + " LIMIT 4990", types, InstantSource.system())
                .read(ExportFilter.ALL, 4_321, impatient);
        assertThat(impatient.skippedRows()).isEqualTo(7);
        assertThat(impatient.values).isEmpty();
    }

    @Test
    void theFirstRowsAreSkippedInSqlite(@TempDir Path home) throws Exception {
        Path file = home.resolve("shop.sqlite");
        try (Connection shop = OrderShop.sqlite(file)) {
            skips(shop, new Database("jdbc:sqlite:" + file, "", ""), ExportFixture.SQLITE_TYPES);
        }
    }

    @Test
    void theFirstRowsAreSkippedInPostgres() throws Exception {
        Database database = Postgres.fresh();
        try (Connection shop = Postgres.connect(database)) {
            OrderShop.table(shop, "TIMESTAMPTZ", "TEXT");
            skips(shop, database, Map.of());
        }
    }

    @Test
    void theFirstRowsAreSkippedInMariaDb() throws Exception {
        Database database = MariaDb.fresh();
        try (Connection shop = MariaDb.connect(database)) {
            OrderShop.table(shop, "DATETIME(6)", "VARCHAR(100) CHARACTER SET utf8mb4");
            skips(shop, database, Map.of());
        }
    }

    private static void more(Connection shop) {
        try {
            OrderShop.add(shop, ROWS + 1, 100);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
