package dev.slipway.backend.migration.engine;

import java.sql.Connection;
import java.sql.SQLException;

/// Owners and their sales, some of them bad in a way that a person can mend. What is bad is said
/// here by the rows' numbers, so that a test can count it without a converter.
final class ReplayShop {
    static final int OWNERS = 20;
    static final int SALES = 400;

    static final String PLAN =
            """
            name: replay-shop
            schema:
              sqlite:
                before: |
                  CREATE TABLE town (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
                  CREATE TABLE owner (id INTEGER PRIMARY KEY, mail TEXT NOT NULL) STRICT;
                  CREATE TABLE sale (id INTEGER PRIMARY KEY,
                    owner_id INTEGER NOT NULL REFERENCES owner (id),
                    price INTEGER NOT NULL CHECK (price < 99999900), state TEXT NOT NULL,
                    pieces INTEGER NOT NULL) STRICT;
              postgresql:
                before: |
                  CREATE TABLE town (id bigint PRIMARY KEY, name text NOT NULL UNIQUE);
                  CREATE TABLE owner (id bigint PRIMARY KEY, mail text NOT NULL);
                  CREATE TABLE sale (id bigint PRIMARY KEY, owner_id bigint NOT NULL,
                    price bigint NOT NULL CHECK (price < 99999900), state text NOT NULL,
                    pieces bigint NOT NULL);
                after: ALTER TABLE sale ADD FOREIGN KEY (owner_id) REFERENCES owner (id)
            steps:
              - name: towns
                source: {table: sale}
                target: town
                match: {name: {columns: [town], normal: [trim, lower]}}
                merge: name
                chunk-rows: 40
                columns:
                  id: {type: generated}
                  name: {type: text, from: town, max: 8, on-missing: quarantine}
              - name: owners
                source: {table: owner}
                target: owner
                match: {code: {columns: [code], normal: [trim, lower]}}
                columns:
                  id: {type: integer, on-missing: quarantine}
                  mail: {type: email, on-missing: quarantine}
              - name: sales
                source: {table: sale}
                target: sale
                chunk-rows: 30
                columns:
                  id: {type: integer, on-missing: quarantine}
                  owner_id: {type: lookup, from: owner, step: owners, by: code, on-missing: quarantine}
                  price: {type: money, store: minor, on-missing: quarantine}
                  state: {type: enum, values: {open: [opn], paid: [payed]}, on-missing: quarantine}
                  pieces: {type: integer, on-missing: quarantine}
            """;

    /// The plan that knows one spelling more.
    static final String WIDER = PLAN.replace("[payed]", "[payed, bezahlt]");

    private ReplayShop() {}

    static boolean strangeTown(int sale) {
        return sale % 80 == 7;
    }

    static boolean ownerless(int sale) {
        return owner(sale) == 3 || owner(sale) == 7;
    }

    static boolean unpriced(int sale) {
        return sale % 17 == 0;
    }

    static boolean tooDear(int sale) {
        return sale % 101 == 1;
    }

    static boolean misspelt(int sale) {
        return sale % 23 == 5;
    }

    static int owner(int sale) {
        return sale % OWNERS + 1;
    }

    static int cents(int sale) {
        return sale * 100 + 25;
    }

    static void fill(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(
                    "CREATE TABLE owner (id INT NOT NULL PRIMARY KEY, code VARCHAR(20),"
                            + " mail VARCHAR(80))");
            statement.executeUpdate(
                    "CREATE TABLE sale (id INT NOT NULL PRIMARY KEY, owner VARCHAR(20),"
                            + " price VARCHAR(30), state VARCHAR(20), town VARCHAR(40), pieces INT,"
                            + " remark VARCHAR(40))");
        }
        connection.setAutoCommit(false);
        try (var owner = connection.prepareStatement("INSERT INTO owner VALUES (?, ?, ?)");
                var sale = connection.prepareStatement("INSERT INTO sale VALUES (?,?,?,?,?,?,?)")) {
            for (int id = 1; id <= OWNERS; id++) {
                owner.setInt(1, id);
                owner.setString(2, "O-" + id);
                owner.setString(3, id == 3 || id == 7 ? "none" : "o" + id + "@shop.example");
                owner.addBatch();
            }
            owner.executeBatch();
            for (int id = 1; id <= SALES; id++) {
                sale.setInt(1, id);
                sale.setString(2, (id % 2 == 0 ? "O-" : "o-") + owner(id));
                sale.setString(3, price(id));
                sale.setString(4, misspelt(id) ? "bezahlt" : id % 2 == 0 ? "open" : "payed");
                sale.setString(5, strangeTown(id) ? "Neustadt " + id : "Ulm " + id % 4);
                sale.setInt(6, id % 9 + 1);
                sale.setString(7, "as ordered, \"by phone\"");
                sale.addBatch();
            }
            sale.executeBatch();
        }
        connection.commit();
    }

    private static String price(int id) {
        if (unpriced(id)) {
            return "n/a";
        }
        return tooDear(id) ? "999999.99" : id * 100 / 100 + ",25";
    }
}
