package dev.slipway.sandbox.generate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.HexFormat;
import java.util.List;

class LegacyDatabaseIT {
    private static final long SEED = 20_261_123;
    private static final int LINES = 150_000;
    private static final Size SMALL = new Size(15_000);

    @TempDir static Path folder;
    private static Path database = Path.of("");
    private static Manifest manifest = new Manifest(0, 0, java.util.Map.of(), java.util.Map.of());

    @BeforeAll
    static void generate() {
        database = folder.resolve("legacy.sqlite");
        manifest = LegacyDatabase.generate(database, SEED, new Size(LINES), _ -> {});
    }

    @Test
    void theSameSeedAndSizeGiveTheSameRows() throws Exception {
        Path one = generated("one", 7);
        Path again = generated("again", 7);
        Path other = generated("other", 8);

        assertThat(hash(again)).isEqualTo(hash(one));
        assertThat(Manifest.of(again)).isEqualTo(Manifest.of(one));
        assertThat(hash(other)).isNotEqualTo(hash(one));
    }

    private static Path generated(String name, long seed) {
        Path file = folder.resolve(name + ".sqlite");
        LegacyDatabase.generate(file, seed, SMALL, _ -> {});
        return file;
    }

    @Test
    void isMadeAnewOnlyForAnotherSeedOrSize() throws Exception {
        Path file = folder.resolve("ensured.sqlite");
        LegacyDatabase.ensure(file, 1, new Size(500), _ -> {});
        var made = Files.getLastModifiedTime(file);

        LegacyDatabase.ensure(file, 1, new Size(500), _ -> {});
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(made);

        LegacyDatabase.ensure(file, 1, new Size(600), _ -> {});
        assertThat(count(file, "SELECT count(*) FROM order_lines")).isEqualTo(600);
    }

    @ParameterizedTest
    @CsvSource({"vendors, 150", "products, 1500", "customers, 7500", "order_lines, 150000"})
    void hasTheRowsThatBelongToItsSize(String table, long rows) throws Exception {
        assertThat(count(database, "SELECT count(*) FROM " + table)).isEqualTo(rows);
        assertThat(manifest.rows()).containsEntry(table, rows);
    }

    @Test
    void noTableHasAnIndexBesideItsRowNumber() throws Exception {
        assertThat(count(database, "SELECT count(*) FROM sqlite_master WHERE type = 'index'"))
                .isZero();
    }

    @Test
    void theDatabaseIsNotInWalMode() throws Exception {
        try (Connection c = open(database);
                var mode = c.createStatement().executeQuery("PRAGMA journal_mode")) {
            assertThat(mode.getString(1)).isEqualTo("delete");
        }
    }

    /// Each anomaly counted from the rows alone, by a query that shares nothing with the generator.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    vendors.duplicate | SELECT count(*) - count(DISTINCT lower(trim(vendor_name))) FROM vendors
                    vendors.email_empty | SELECT count(*) FROM vendors WHERE email = ''
                    vendors.mojibake | SELECT sum((instr(vendor_name, 'Ã') > 0) + (instr(country, 'Ã') > 0)) FROM vendors
                    products.mojibake | SELECT sum((instr(title, 'Ã') > 0) + (instr(category, 'Ã') > 0)) FROM products
                    products.orphan_vendor | SELECT count(*) FROM products WHERE vendor_name NOT IN (SELECT vendor_name FROM vendors)
                    products.price_word | SELECT count(*) FROM products WHERE price IN ('free', 'n/a', 'TBD')
                    products.broken_json | SELECT count(*) FROM products WHERE attributes LIKE '{%' AND NOT json_valid(attributes)
                    customers.mojibake | SELECT sum((instr(full_name, 'Ã') > 0) + (instr(address, 'Ã') > 0)) FROM customers
                    customers.birthday_zero | SELECT count(*) FROM customers WHERE birthday = '0000-00-00'
                    customers.bad_email | SELECT count(*) FROM customers WHERE email NOT LIKE 'c%@mail%.example'
                    customers.duplicate_email | SELECT count(*) - count(DISTINCT lower(email)) FROM customers WHERE email LIKE 'c%@mail%.example'
                    orders.guest | SELECT count(*) FROM orders WHERE customer_id = 'guest'
                    orders.orphan_customer | SELECT count(*) FROM orders WHERE customer_id <> 'guest' AND CAST(customer_id AS INTEGER) NOT IN (SELECT customer_id FROM customers)
                    orders.duplicate_order_no | SELECT count(*) FROM orders WHERE order_no LIKE 'ORD-____-0000001' AND order_id > 1
                    orders.status_unknown | SELECT count(*) FROM orders WHERE status IN ('', '???', 'see note', 'test')
                    orders.status_typo | SELECT count(*) FROM orders WHERE status NOT IN ('', '???', 'see note', 'test', 'delivered', 'shipped', 'paid', 'pending', 'cancelled', 'refunded')
                    orders.total_empty | SELECT count(*) FROM orders WHERE total = ''
                    orders.total_null | SELECT count(*) FROM orders WHERE total IS NULL
                    orders.total_negative | SELECT count(*) FROM orders WHERE total LIKE '-%'
                    orders.datetime_zero | SELECT count(*) FROM orders WHERE created = '0000-00-00 00:00:00'
                    orders.datetime_null | SELECT count(*) FROM orders WHERE created IS NULL
                    orders.datetime_zero_day | SELECT count(*) FROM orders WHERE created LIKE '____-__-00%' AND created NOT LIKE '0000%'
                    order_lines.orphan_order | SELECT count(*) FROM order_lines WHERE order_id NOT IN (SELECT order_id FROM orders)
                    order_lines.orphan_product | SELECT count(*) FROM order_lines WHERE CAST(product_id AS INTEGER) NOT IN (SELECT product_id FROM products)
                    order_lines.duplicate | SELECT count(*) - (SELECT count(*) FROM (SELECT DISTINCT order_id, product_id FROM order_lines)) FROM order_lines
                    order_lines.stale_vendor_email | SELECT count(*) FROM order_lines WHERE vendor_email LIKE '%@oldmail.example'
                    order_lines.line_total_decimal_comma | SELECT count(*) FROM order_lines WHERE line_total GLOB '[0-9]*,[0-9][0-9]' AND line_total NOT LIKE '%.%'
                    order_lines.line_total_euro_sign | SELECT count(*) FROM order_lines WHERE line_total LIKE '€%'
                    order_lines.line_total_currency_text | SELECT count(*) FROM order_lines WHERE line_total LIKE 'EUR %'
                    order_lines.line_total_padded | SELECT count(*) FROM order_lines WHERE line_total LIKE ' %'
                    order_lines.line_total_empty | SELECT count(*) FROM order_lines WHERE line_total = ''
                    order_lines.line_total_null | SELECT count(*) FROM order_lines WHERE line_total IS NULL
                    order_lines.price_negative | SELECT count(*) FROM order_lines WHERE price LIKE '-%'
                    order_lines.qty_text | SELECT count(*) FROM order_lines WHERE qty NOT GLOB '[0-9]'
                    order_lines.date_dmy | SELECT count(*) FROM order_lines WHERE order_date LIKE '__.__.____'
                    order_lines.date_mdy_slash | SELECT count(*) FROM order_lines WHERE order_date LIKE '__/__/____'
                    order_lines.date_unix | SELECT count(*) FROM order_lines WHERE order_date GLOB '[0-9]*' AND order_date NOT GLOB '*[^0-9]*'
                    order_lines.date_empty | SELECT count(*) FROM order_lines WHERE order_date = ''
                    order_lines.date_zero | SELECT count(*) FROM order_lines WHERE order_date LIKE '0000-00-00%'
                    order_lines.date_impossible | SELECT count(*) FROM order_lines WHERE order_date LIKE '____-02-30'
                    order_lines.date_word | SELECT count(*) FROM order_lines WHERE order_date IN ('n/a', 'yesterday', 'unknown')
                    order_lines.status_differs_from_order | SELECT count(*) FROM order_lines l JOIN orders o ON o.order_id = CASE WHEN l.order_id > 375000 THEN l.order_id - 375000 ELSE l.order_id END WHERE l.status <> o.status
                    """)
    void theManifestTellsTheTruth(String anomaly, String sql) throws Exception {
        long counted = count(database, sql);

        assertThat(counted).as("rows of %s", anomaly).isPositive();
        assertThat(manifest.anomalies()).containsEntry(anomaly, counted);
    }

    private static String hash(Path file) throws Exception {
        var sha = MessageDigest.getInstance("SHA-256");
        try (Connection c = open(file)) {
            for (String table :
                    List.of("vendors", "products", "customers", "orders", "order_lines")) {
                try (var rows =
                        c.createStatement()
                                .executeQuery("SELECT * FROM " + table + " ORDER BY 1")) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        for (int i = 1; i <= columns; i++) {
                            String value = rows.getString(i);
                            sha.update(
                                    (value == null ? "\u0001" : value + "\u0002")
                                            .getBytes(StandardCharsets.UTF_8));
                        }
                    }
                }
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    private static long count(Path file, String sql) throws Exception {
        try (Connection c = open(file);
                var rows = c.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Connection open(Path file) throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }
}
