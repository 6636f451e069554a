package dev.slipway.backend.migration.engine;

import dev.slipway.config.Database;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// A dirty table of sales, each line of which names its buyer, and what a right migration makes of
/// it: counted here as the lines are made, never by a converter.
final class SmallShop {
    static final String PLAN =
            """
            name: small-shop
            source: legacy
            target: shop
            schema:
              sqlite:
                before: |
                  CREATE TABLE buyer (id INTEGER PRIMARY KEY, name TEXT NOT NULL,
                    mail TEXT NOT NULL UNIQUE) STRICT;
                  CREATE TABLE sale (id INTEGER PRIMARY KEY,
                    buyer_id INTEGER NOT NULL REFERENCES buyer (id),
                    price INTEGER NOT NULL CHECK (price < 99999900), sold_on TEXT, sold_at TEXT,
                    state TEXT NOT NULL, gift INTEGER NOT NULL, pieces INTEGER NOT NULL,
                    note TEXT) STRICT;
              postgresql:
                before: |
                  CREATE TABLE buyer (id bigint PRIMARY KEY, name text NOT NULL,
                    mail text NOT NULL UNIQUE);
                  CREATE TABLE sale (id bigint PRIMARY KEY, buyer_id bigint NOT NULL,
                    price bigint NOT NULL CHECK (price < 99999900), sold_on date,
                    sold_at timestamptz, state text NOT NULL, gift boolean NOT NULL,
                    pieces integer NOT NULL, note text);
                after: ALTER TABLE sale ADD FOREIGN KEY (buyer_id) REFERENCES buyer (id)
            steps:
              - name: buyers
                source: {table: line}
                target: buyer
                match: {mail: {columns: [mail], normal: [trim, lower]}}
                merge: mail
                chunk-rows: 70
                columns:
                  id: {type: generated}
                  name: {type: text, from: buyer, repair: true, trim: both, on-missing: quarantine}
                  mail: {type: email, on-missing: quarantine}
              - name: sales
                source: {table: line}
                key: id
                target: sale
                chunk-rows: 50
                skip: {state: [test]}
                columns:
                  id: {type: integer, on-missing: quarantine}
                  buyer_id: {type: lookup, from: mail, step: buyers, by: mail, on-missing: quarantine}
                  price:
                    type: money
                    currencies: {EUR: [€]}
                    currency: EUR
                    store: minor
                    on-missing: quarantine
                  sold_on: {type: date, from: sold, formats: [iso, dd.MM.yyyy], on-bad: "null", missing: ["0000-00-00"]}
                  sold_at: {type: timestamp, from: sold, formats: [iso, dd.MM.yyyy], zone: Europe/Berlin, on-bad: "null", missing: ["0000-00-00"]}
                  state:
                    type: enum
                    values: {open: [opn], paid: [payed, bezahlt]}
                    on-missing: quarantine
                  gift: {type: boolean, "yes": [Y, "1"], "no": [N, "0"], default: N}
                  pieces: {type: integer, on-missing: quarantine}
                  note: {type: text, repair: true, trim: both, empty: missing, nul: remove}
            validations:
              - name: gifts
                source: SELECT count(*) FROM line WHERE gift IN ('Y', '1') AND state <> 'test' AND price NOT IN ('n/a', '999999.99')
                target: SELECT count(*) FROM sale WHERE %s
            """;

    final int lines;
    int buyers;
    int skipped;
    int unpriced;
    int tooDear;
    int written;
    long cents;
    long pieces;
    private final List<Object[]> rows = new ArrayList<>();

    SmallShop(int lines, long seed) {
        this.lines = lines;
        var random = new Random(seed);
        Set<String> known = new HashSet<>();
        for (int id = 1; id <= lines; id++) {
            rows.add(row(id, random, known));
        }
        buyers = known.size();
    }

    /// The plan for one kind of target.
    static String plan(String dialect) {
        return PLAN.formatted(dialect.equals("sqlite") ? "gift = 1" : "gift");
    }

    private Object[] row(int id, Random random, Set<String> known) {
        int buyer = random.nextInt(40);
        known.add("b" + buyer + "@shop.example");
        String mail = "b" + buyer + "@shop.example";
        int amount = 100 + random.nextInt(500_000);
        int count = 1 + random.nextInt(9);
        int kind = random.nextInt(100);
        String state = kind < 4 ? "test" : List.of("open", "opn ", "PAID", "payed").get(kind % 4);
        String price =
                kind >= 4 && kind < 7
                        ? "n/a"
                        : kind == 7 ? "999999.99" : spelt(amount, random.nextInt(4));
        if (kind < 4) {
            skipped++;
        } else if (kind < 7) {
            unpriced++;
        } else if (kind == 7) {
            tooDear++;
        } else {
            written++;
            cents += amount;
            pieces += count;
        }
        LocalDate day = LocalDate.of(2020, 1, 1).plusDays(random.nextInt(900));
        String sold =
                switch (random.nextInt(4)) {
                    case 0 -> "0000-00-00";
                    case 1 ->
                            "%02d.%02d.%d"
                                    .formatted(
                                            day.getDayOfMonth(),
                                            day.getMonthValue(),
                                            day.getYear());
                    default -> day.toString();
                };
        return new Object[] {
            id,
            buyer % 2 == 0 ? "BjÃ¶rk â‚¬" + buyer : " Zoë " + buyer,
            buyer % 3 == 0 ? mail.toUpperCase(java.util.Locale.ROOT) : mail,
            price,
            sold,
            state,
            List.of("Y", "N", "1", "0").get(random.nextInt(4)),
            count,
            random.nextInt(5) == 0 ? " für 5 € " : ""
        };
    }

    private static String spelt(int cents, int how) {
        String plain = new BigDecimal(cents).movePointLeft(2).toPlainString();
        return switch (how) {
            case 0 -> plain;
            case 1 -> plain.replace('.', ',');
            case 2 -> "€ " + plain;
            default -> "EUR " + plain;
        };
    }

    void fill(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE line (id INT NOT NULL PRIMARY KEY, buyer VARCHAR(80),"
                            + " mail VARCHAR(80), price VARCHAR(30), sold VARCHAR(30),"
                            + " state VARCHAR(20), gift VARCHAR(5), pieces INT, note VARCHAR(200))");
        }
        connection.setAutoCommit(false);
        try (var insert =
                connection.prepareStatement("INSERT INTO line VALUES (?,?,?,?,?,?,?,?,?)")) {
            for (Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    insert.setObject(i + 1, row[i]);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
    }

    /// Where a test's databases are.
    record Places(Database source, Database target, String dialect) {}
}
