package dev.slipway.backend.migration;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// A small neglected shop in MariaDB. What is wrong in it is counted here as it is planted, never
/// by a converter.
final class NeglectedShop {
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final String ZERO = "0000-00-00 00:00:00";
    private static final String[] TABLES = {
        "vendors (vendor_id INT PRIMARY KEY, vendor_name VARCHAR(255), email VARCHAR(255),"
                + " country VARCHAR(60), commission VARCHAR(20), status VARCHAR(50),"
                + " created DATETIME) ENGINE=MyISAM DEFAULT CHARSET=latin1",
        "products (product_id INT PRIMARY KEY, vendor_name VARCHAR(255), title VARCHAR(255),"
                + " price VARCHAR(30), stock VARCHAR(20), category VARCHAR(255),"
                + " active VARCHAR(5), attributes TEXT, created DATETIME,"
                + " updated VARCHAR(30)) ENGINE=MyISAM DEFAULT CHARSET=latin1",
        "customers (customer_id INT PRIMARY KEY, full_name VARCHAR(255), email VARCHAR(255),"
                + " phone VARCHAR(50), address TEXT, birthday DATE, newsletter TINYINT(1),"
                + " registered VARCHAR(30)) ENGINE=InnoDB DEFAULT CHARSET=latin1",
        "orders (order_id INT PRIMARY KEY, order_no VARCHAR(30), customer_id VARCHAR(20),"
                + " customer_name VARCHAR(255), customer_email VARCHAR(255), total VARCHAR(30),"
                + " status VARCHAR(50), created DATETIME, paid_at VARCHAR(30),"
                + " note TEXT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4",
        "order_lines (id INT PRIMARY KEY, order_id INT, product_id VARCHAR(20),"
                + " product_title VARCHAR(255), vendor_name VARCHAR(255),"
                + " vendor_email VARCHAR(255), customer_name VARCHAR(255),"
                + " customer_email VARCHAR(255), customer_address VARCHAR(500), qty VARCHAR(10),"
                + " price VARCHAR(30), line_total VARCHAR(30), order_date VARCHAR(30),"
                + " status VARCHAR(50), created_at DATETIME) ENGINE=MyISAM DEFAULT CHARSET=latin1"
    };
    static final int VENDORS = 30;
    static final int CUSTOMERS = 200;
    static final int PRODUCTS = 80;
    static final int ORDERS = 600;

    private final Random random;
    final Map<String, Integer> planted = new TreeMap<>();
    int lines;

    NeglectedShop(long seed) {
        this.random = new Random(seed);
    }

    int planted(String what) {
        return planted.getOrDefault(what, 0);
    }

    private boolean plant(String what, int of) {
        boolean now = random.nextInt(of) == 0;
        if (now) {
            planted.merge(what, 1, Integer::sum);
        }
        return now;
    }

    void fill(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute("CREATE TABLE " + table);
            }
        }
        vendors(new Rows(connection, "vendors", 7));
        products(new Rows(connection, "products", 10));
        customers(new Rows(connection, "customers", 8));
        orders(new Rows(connection, "orders", 10), new Rows(connection, "order_lines", 15));
    }

    private void vendors(Rows rows) throws SQLException {
        for (int id = 1; id <= VENDORS; id++) {
            boolean twice = id > 10 && plant("vendors.duplicate", 8);
            int known = twice ? 1 + id % 10 : id;
            String name = vendor(known);
            rows.add(
                    id,
                    twice ? latin(name.toUpperCase(Locale.ROOT) + " ", false) : latin(name, false),
                    "sales" + known + "@vendor.example",
                    latin("España", plant("vendors.country.encoding", 4)),
                    List.of("12.5", "12,5%", "0.125", "").get(id % 4),
                    "Active",
                    moment("vendors"));
        }
        rows.end();
    }

    private static String vendor(int id) {
        return "Höhle " + id;
    }

    private void products(Rows rows) throws SQLException {
        for (int id = 1; id <= PRODUCTS; id++) {
            boolean orphan = plant("products.orphan_vendor", 10);
            rows.add(
                    id,
                    orphan ? "Deleted" : latin(vendor(1 + id % 10), id % 3 == 0),
                    latin("Kaffeemühle " + id, plant("products.title.encoding", 5)),
                    money("products.price"),
                    "7",
                    "Home / Kitchen",
                    "Y",
                    plant("products.broken_json", 9) ? "{\"a\":1" : "a:1:{s:1:\"b\";i:2;}",
                    moment("products"),
                    text("products"));
        }
        rows.end();
    }

    private void customers(Rows rows) throws SQLException {
        for (int id = 1; id <= CUSTOMERS; id++) {
            boolean twice = id > 100 && plant("customers.duplicate_email", 12);
            String mail = "c" + (twice ? id - 100 : id) + "@mail.example";
            boolean bad = !twice && id > 100 && plant("customers.bad_email", 20);
            rows.add(
                    id,
                    latin("Zoë Müller", plant("customers.name.encoding", 3)),
                    bad ? mail.replace("@", " at ") : twice ? mail.toUpperCase(Locale.ROOT) : mail,
                    twice || id % 2 == 0 ? "+49 " + id : "",
                    latin("Königsallee 1\n40210 Düsseldorf\nGermany", plant("address.encoding", 3)),
                    plant("customers.birthday_zero", 3) ? "0000-00-00" : "1980-02-29",
                    plant("customers.newsletter_2", 4) ? "2" : "1",
                    text("customers"));
        }
        rows.end();
    }

    private void orders(Rows orders, Rows rows) throws SQLException {
        for (int id = 1; id <= ORDERS; id++) {
            boolean orphan = plant("orders.orphan_customer", 40);
            boolean guest = !orphan && plant("orders.guest", 30);
            boolean borrowed = id > 1 && plant("orders.duplicate_order_no", 50);
            boolean nul = plant("orders.note_nul_byte", 60);
            orders.add(
                    id,
                    "ORD-2024-%07d".formatted(borrowed ? 1 : id),
                    orphan ? "99" + id : guest ? "guest" : "" + (1 + id % CUSTOMERS),
                    twice("Zoë", plant("orders.buyer.encoding", 6)),
                    "c" + id + "@mail.example",
                    money("orders.total"),
                    status("orders"),
                    moment("orders"),
                    text("orders"),
                    nul ? "lieber später\0x" : "");
            for (int line = 0; line < 1 + id % 4; line++) {
                line(rows, id, "%d/%d".formatted(id, line));
            }
        }
        orders.end();
        rows.end();
    }

    private void line(Rows rows, int order, String mark) throws SQLException {
        int product = 1 + random.nextInt(PRODUCTS);
        boolean gone = plant("order_lines.orphan_order", 60);
        boolean orphan = plant("order_lines.orphan_product", 50);
        boolean stale = plant("order_lines.stale_vendor_email", 20);
        int vendor = 1 + product % 10;
        boolean text = plant("order_lines.qty_text", 20);
        boolean none = !gone && !text && plant("order_lines.qty_empty", 50);
        Object[] row = {
            0,
            gone ? 900_000 + order : order,
            orphan ? "77" + product : "" + product,
            "Teapot " + mark,
            latin(vendor(vendor), false),
            stale ? "old@vendor.example" : "sales" + vendor + "@vendor.example",
            "Zoë",
            "c@mail.example",
            "Königsallee 1",
            none ? "" : text ? "2 pcs" : "2",
            money("order_lines.price"),
            money("order_lines.total"),
            text("order_lines"),
            status("order_lines"),
            moment("order_lines")
        };
        row[0] = ++lines;
        rows.add(row);
        if (!gone && !none && random.nextInt(40) == 0) {
            planted.merge("order_lines.duplicate", 1, Integer::sum);
            Object[] again = row.clone();
            again[0] = ++lines;
            rows.add(again);
            repeated(row);
        }
    }

    /// What stands in a line that is saved twice is planted twice.
    private void repeated(Object[] row) {
        recount("order_lines.price", row[10]);
        recount("order_lines.total", row[11]);
        boolean stale = String.valueOf(row[5]).startsWith("old");
        boolean orphan = String.valueOf(row[2]).startsWith("77");
        planted.merge("repeated.stale", stale ? 1 : 0, Integer::sum);
        planted.merge("repeated.orphan", orphan ? 1 : 0, Integer::sum);
    }

    private void recount(String column, @Nullable Object money) {
        String text = money == null ? null : String.valueOf(money);
        String what =
                text == null
                        ? "null"
                        : text.startsWith("€")
                                ? "currency €"
                                : text.startsWith("EUR")
                                        ? "currency EUR, decimal comma"
                                        : text.startsWith("-")
                                                ? "is negative"
                                                : text.indexOf(',') > 0
                                                        ? "decimal comma"
                                                        : text.isEmpty() ? "empty" : "";
        planted.computeIfPresent(column + ":" + what, (_, n) -> n + 1);
    }

    private @Nullable String money(String column) {
        String plain = "%d.%02d".formatted(1 + random.nextInt(900), random.nextInt(100));
        int kind = random.nextInt(12);
        String what =
                switch (kind) {
                    case 0 -> "decimal comma";
                    case 1 -> "currency €";
                    case 2 -> "currency EUR, decimal comma";
                    case 3 -> "empty";
                    case 4 -> "null";
                    case 5 -> "is negative";
                    default -> "";
                };
        if (!what.isEmpty()) {
            planted.merge(column + ":" + what, 1, Integer::sum);
        }
        return switch (kind) {
            case 0 -> plain.replace('.', ',');
            case 1 -> "€" + plain;
            case 2 -> "EUR " + plain.replace('.', ',');
            case 3 -> "";
            case 4 -> null;
            case 5 -> "-" + plain;
            default -> plain;
        };
    }

    private String status(String table) {
        if (plant(table + ".status_unknown", 30)) {
            return "???";
        }
        return plant(table + ".status_typo", 5) ? "deliverd" : "delivered";
    }

    private @Nullable String moment(String table) {
        if (plant(table + ".datetime_zero", 20)) {
            return ZERO;
        }
        if (plant(table + ".datetime_zero_day", 30)) {
            return "2020-07-00 00:00:00";
        }
        return plant(table + ".datetime_null", 30) ? null : "2021-03-04 05:06:07";
    }

    private String text(String table) {
        return switch (random.nextInt(9)) {
            case 0 -> planted(table + ".date_dmy", "31.12.2020");
            case 1 -> planted(table + ".date_mdy_slash", "12/31/2020");
            case 2 -> planted(table + ".date_unix", "1609416000");
            case 3 -> planted(table + ".date_zero", ZERO);
            case 4 -> planted(table + ".date_impossible", "2021-02-30");
            default -> "2021-01-02 03:04:05";
        };
    }

    private String planted(String what, String value) {
        planted.merge(what, 1, Integer::sum);
        return value;
    }

    /// Text for a latin1 column, as UTF-8 read in the wrong encoding if it is to be spoilt.
    private static String latin(String text, boolean spoilt) {
        return spoilt ? new String(text.getBytes(StandardCharsets.UTF_8), WINDOWS) : text;
    }

    private static String twice(String text, boolean spoilt) {
        return spoilt
                ? new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                : text;
    }

    /// Rows on their way into a table.
    private static final class Rows {
        private final java.sql.PreparedStatement insert;
        private final List<Object[]> rows = new ArrayList<>();

        Rows(Connection connection, String table, int width) throws SQLException {
            String marks = "?, ".repeat(width - 1) + "?";
            insert =
                    connection.prepareStatement("INSERT INTO " + table + " VALUES (" + marks + ")");
        }

        void add(@Nullable Object... row) {
            rows.add(row);
        }

        void end() throws SQLException {
            for (Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    insert.setObject(i + 1, row[i]);
                }
                insert.addBatch();
            }
            insert.executeBatch();
            insert.close();
        }
    }
}
