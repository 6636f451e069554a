package dev.slipway.backend.migration.sync;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/// A shop whose tables change at random: rows come, go, change, change their keys, become bad and
/// good again, lose and find what they refer to.
final class ChangingShop {
    static final String PLAN =
            """
            name: changing-shop
            source: legacy
            target: shop
            schema:
              sqlite:
                before: |
                  CREATE TABLE vendor (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
                    country TEXT) STRICT;
                  CREATE TABLE buyer (id INTEGER PRIMARY KEY, mail TEXT NOT NULL UNIQUE,
                    name TEXT NOT NULL, phone TEXT, spent INTEGER) STRICT;
                  CREATE TABLE purchase (id INTEGER PRIMARY KEY,
                    buyer_id INTEGER REFERENCES buyer (id),
                    vendor_id INTEGER NOT NULL REFERENCES vendor (id),
                    abroad INTEGER NOT NULL, price INTEGER NOT NULL CHECK (price < 9000000),
                    note TEXT) STRICT;
                  CREATE TABLE line (id INTEGER PRIMARY KEY,
                    purchase_id INTEGER NOT NULL REFERENCES purchase (id), title TEXT NOT NULL,
                    pieces INTEGER NOT NULL) STRICT;
                  CREATE TABLE word (code TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
                  CREATE TABLE daily (day TEXT PRIMARY KEY, purchases INTEGER NOT NULL) STRICT;
                  CREATE TABLE large (id INTEGER PRIMARY KEY, vendor TEXT NOT NULL) STRICT;
              postgresql:
                before: |
                  CREATE TABLE vendor (id bigint PRIMARY KEY, name text NOT NULL UNIQUE, country text);
                  CREATE TABLE buyer (id bigint PRIMARY KEY, mail text NOT NULL UNIQUE,
                    name text NOT NULL, phone text, spent bigint);
                  CREATE TABLE purchase (id bigint PRIMARY KEY, buyer_id bigint,
                    vendor_id bigint NOT NULL, abroad bigint NOT NULL,
                    price bigint NOT NULL CHECK (price < 9000000), note text);
                  CREATE TABLE line (id bigint PRIMARY KEY, purchase_id bigint NOT NULL,
                    title text NOT NULL, pieces bigint NOT NULL);
                  CREATE TABLE word (code text PRIMARY KEY, text text NOT NULL);
                  CREATE TABLE daily (day text PRIMARY KEY, purchases bigint NOT NULL);
                  CREATE TABLE large (id bigint PRIMARY KEY, vendor text NOT NULL);
                after: |
                  ALTER TABLE purchase ADD FOREIGN KEY (buyer_id) REFERENCES buyer (id);
                  ALTER TABLE purchase ADD FOREIGN KEY (vendor_id) REFERENCES vendor (id);
                  ALTER TABLE line ADD FOREIGN KEY (purchase_id) REFERENCES purchase (id)
            steps:
              - name: vendors
                source: {table: vendors}
                key: vendor_id
                target: vendor
                chunk-rows: 20
                match:
                  name: {columns: name, normal: [repair, trim, lower]}
                  home: {columns: [name, country], normal: [repair, trim, lower]}
                merge: name
                columns:
                  id: {type: integer, from: vendor_id, min: 1, on-missing: quarantine}
                  name: {type: text, repair: true, trim: both, case: lower, empty: missing, on-missing: quarantine}
                  country: {type: enum, values: {DE: [Germany], FR: [France]}, on-bad: quarantine, on-missing: "null"}
              - name: buyers
                source: {table: orders}
                key: id
                target: buyer
                chunk-rows: 60
                match: {mail: {columns: mail, normal: [trim, lower]}}
                merge: mail
                columns:
                  id: {type: generated}
                  mail: {type: email, on-missing: quarantine}
                  name: {type: text, from: buyer, trim: both, on-missing: quarantine}
                  phone: {type: text, trim: both, empty: missing, wins: filled}
                  spent: {type: money, from: price, currencies: {EUR: []}, currency: EUR, store: minor, on-bad: "null", wins: largest}
              - name: purchases
                source: {table: orders}
                key: id
                target: purchase
                chunk-rows: 50
                skip: {state: [test]}
                columns:
                  id: {type: integer, on-missing: quarantine}
                  buyer_id: {type: lookup, from: mail, step: buyers, by: mail, on-bad: "null"}
                  vendor_id: {type: lookup, from: vendor, step: vendors, by: name, on-missing: quarantine}
                  abroad: {type: found, from: [vendor, country], step: vendors, by: home}
                  price: {type: money, currencies: {EUR: []}, currency: EUR, store: minor, on-missing: quarantine}
                  note: {type: text, repair: true, trim: both, empty: missing}
              - name: lines
                source: {table: order_lines}
                key: id
                target: line
                chunk-rows: 70
                repeats: [order_id, title, pieces]
                columns:
                  id: {type: integer, on-missing: quarantine}
                  purchase_id: {type: lookup, from: order_id, step: purchases, by: id, on-missing: quarantine}
                  title: {type: text, trim: both, empty: missing, on-missing: quarantine}
                  pieces: {type: integer, min: 1, on-missing: quarantine}
              - name: words
                source: {table: words}
                key: [lang, word]
                target: word
                chunk-rows: 40
                columns:
                  code: {type: text, from: [lang, word], join: "-", on-missing: quarantine}
                  text: {type: text, from: meaning, empty: missing, on-missing: quarantine}
              - name: daily
                source: {sql: "SELECT o.day AS day, count(*) AS n FROM orders o GROUP BY o.day"}
                key: day
                target: daily
                columns:
                  day: {type: text, on-missing: quarantine}
                  purchases: {type: integer, from: n, on-missing: quarantine}
              - name: large
                source: {sql: "SELECT o.id AS id, v.name AS vendor FROM orders o JOIN vendors v ON v.vendor_id = o.id % 25"}
                key: id
                target: large
                columns:
                  id: {type: integer, on-missing: quarantine}
                  vendor: {type: text, on-missing: quarantine}
            """;

    private static final String SCHEMA =
            """
            CREATE TABLE vendors (vendor_id INT NOT NULL PRIMARY KEY, name VARCHAR(60), country VARCHAR(20));
            CREATE TABLE orders (id INT NOT NULL PRIMARY KEY, mail VARCHAR(60), buyer VARCHAR(60),
              phone VARCHAR(20), vendor VARCHAR(60), country VARCHAR(20), price VARCHAR(20),
              state VARCHAR(10), note VARCHAR(100), day VARCHAR(10) NOT NULL);
            CREATE TABLE order_lines (id INT NOT NULL PRIMARY KEY, order_id VARCHAR(10), title VARCHAR(40),
              pieces VARCHAR(10));
            CREATE TABLE words (lang VARCHAR(5) NOT NULL, word VARCHAR(20) NOT NULL, meaning VARCHAR(60),
              PRIMARY KEY (lang, word))""";

    private static final int VENDORS = 60;
    private static final int MAILS = 120;
    private final Random random;
    private final Connection connection;
    private final int orders;
    private long made;

    /// @param orders how many there are at the beginning, about
    ChangingShop(Connection connection, int orders, Random random) {
        this.connection = connection;
        this.orders = orders;
        this.random = random;
    }

    void fill() throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String sql : SCHEMA.split(";", -1)) {
                statement.execute(sql);
            }
        }
        connection.setAutoCommit(false);
        for (int id = 1; id <= VENDORS; id++) {
            vendor(id);
        }
        for (int id = 1; id <= orders; id++) {
            order(id * 2);
        }
        for (int id = 1; id <= orders * 2; id++) {
            line(id * 2);
        }
        for (int id = 1; id <= orders / 4; id++) {
            word();
        }
        connection.commit();
    }

    /// How many changes were made.
    long made() {
        return made;
    }

    /// Makes that many changes, each or some of them in a transaction.
    void change(int changes) throws SQLException {
        for (int i = 0; i < changes; i++) {
            change();
            if (random.nextInt(4) != 0 || i == changes - 1) {
                connection.commit();
            }
        }
    }

    private void change() throws SQLException {
        int id = 1 + random.nextInt(orders * 2 + 40);
        switch (random.nextInt(20)) {
            case 0 -> vendor(1 + random.nextInt(VENDORS + 20));
            case 1 ->
                    run(
                            "DELETE FROM vendors WHERE vendor_id = ?",
                            1 + random.nextInt(VENDORS + 20));
            case 2 ->
                    run(
                            "UPDATE vendors SET name = ? WHERE vendor_id = ?",
                            vendorName(),
                            1 + random.nextInt(VENDORS));
            case 3 ->
                    run(
                            "UPDATE vendors SET country = ? WHERE vendor_id = ?",
                            country(),
                            1 + random.nextInt(VENDORS));
            case 4, 5, 6 -> order(id);
            case 7, 8 -> run("DELETE FROM orders WHERE id = ?", id);
            case 9 -> run("UPDATE orders SET mail = ? WHERE id = ?", mail(), id);
            case 10 -> run("UPDATE orders SET price = ? WHERE id = ?", price(), id);
            case 11 -> {
                int to = 1 + random.nextInt(orders * 2 + 40);
                run("DELETE FROM orders WHERE id = ?", to);
                run("UPDATE orders SET id = ? WHERE id = ?", to, id);
            }
            case 12 -> run("UPDATE orders SET state = ?, day = ? WHERE id = ?", state(), day(), id);
            case 13, 14 -> line(1 + random.nextInt(orders * 4 + 40));
            case 15 -> run("DELETE FROM order_lines WHERE id = ?", 1 + random.nextInt(orders * 4));
            case 16 ->
                    run(
                            "UPDATE order_lines SET title = ?, pieces = ? WHERE id = ?",
                            title(),
                            pieces(),
                            1 + random.nextInt(orders * 4));
            case 17 -> word();
            case 18 ->
                    run("DELETE FROM words WHERE lang = ? AND word = ?", lang(), word(orders / 2));
            default ->
                    run(
                            "UPDATE words SET meaning = ? WHERE lang = ? AND word = ?",
                            title(),
                            lang(),
                            word(orders / 2));
        }
        made++;
    }

    private void vendor(int id) throws SQLException {
        run("DELETE FROM vendors WHERE vendor_id = ?", id);
        run("INSERT INTO vendors VALUES (?, ?, ?)", id, vendorName(), country());
    }

    private void order(int id) throws SQLException {
        run("DELETE FROM orders WHERE id = ?", id);
        run(
                "INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                mail(),
                random.nextInt(30) == 0 ? null : "Buyer " + random.nextInt(50),
                random.nextBoolean() ? "" : "0" + random.nextInt(100_000),
                vendorName(),
                country(),
                price(),
                state(),
                random.nextInt(3) == 0 ? " für Zoë " + random.nextInt(9) : "",
                day());
    }

    private void line(int id) throws SQLException {
        run("DELETE FROM order_lines WHERE id = ?", id);
        run(
                "INSERT INTO order_lines VALUES (?, ?, ?, ?)",
                id,
                String.valueOf(1 + random.nextInt(orders * 2 + 20)),
                title(),
                pieces());
        if (random.nextInt(5) == 0) {
            run("DELETE FROM order_lines WHERE id = ?", id + 1);
            run(
                    "INSERT INTO order_lines SELECT id + 1, order_id, title, pieces FROM order_lines WHERE id = ?",
                    id);
        }
    }

    private void word() throws SQLException {
        String lang = lang();
        String word = word(orders / 2);
        run("DELETE FROM words WHERE lang = ? AND word = ?", lang, word);
        run("INSERT INTO words VALUES (?, ?, ?)", lang, word, title());
    }

    private String vendorName() {
        String name = "Vendor " + random.nextInt(VENDORS / 2);
        return random.nextInt(4) == 0 ? " " + name.toUpperCase(java.util.Locale.ROOT) : name;
    }

    private String country() {
        return List.of("Germany", "France", "DE", "Mars", "").get(random.nextInt(5));
    }

    private String mail() {
        int kind = random.nextInt(20);
        String mail = "b" + random.nextInt(MAILS) + "@shop.example";
        return kind == 0 ? "none" : kind == 1 ? mail.toUpperCase(java.util.Locale.ROOT) : mail;
    }

    private String price() {
        return switch (random.nextInt(30)) {
            case 0 -> "n/a";
            case 1 -> "99999,00";
            case 2 -> "99,5x";
            default -> random.nextInt(900) + "," + (10 + random.nextInt(90));
        };
    }

    private String state() {
        return random.nextInt(15) == 0 ? "test" : "open";
    }

    private String day() {
        return "2026-11-%02d".formatted(1 + random.nextInt(28));
    }

    private String title() {
        return random.nextInt(25) == 0 ? "" : "Thing " + random.nextInt(4);
    }

    private String pieces() {
        return random.nextInt(30) == 0 ? "many" : String.valueOf(1 + random.nextInt(2));
    }

    private String lang() {
        return List.of("de", "fr", "en").get(random.nextInt(3));
    }

    private String word(int most) {
        return "w" + random.nextInt(Math.max(1, most));
    }

    private void run(String sql, @org.jspecify.annotations.Nullable Object... values)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
