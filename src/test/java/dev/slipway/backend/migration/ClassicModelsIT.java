package dev.slipway.backend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.engine.Control;
import dev.slipway.backend.migration.engine.Engine;
import dev.slipway.backend.migration.engine.Listener;
import dev.slipway.backend.migration.engine.Outcome;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.testing.MariaDb;
import dev.slipway.testing.Postgres;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;

/// The plan for the real shop of model cars, over a few rows of the same shape.
class ClassicModelsIT {
    private static final String SHOP =
            """
            CREATE TABLE offices (officeCode varchar(10) PRIMARY KEY, city varchar(50),
              phone varchar(50), addressLine1 varchar(50), addressLine2 varchar(50),
              state varchar(50), country varchar(50), postalCode varchar(15), territory varchar(10));
            CREATE TABLE employees (employeeNumber int PRIMARY KEY, lastName varchar(50),
              firstName varchar(50), extension varchar(10), email varchar(100),
              officeCode varchar(10), reportsTo int, jobTitle varchar(50));
            CREATE TABLE productlines (productLine varchar(50) PRIMARY KEY,
              textDescription varchar(4000), htmlDescription mediumtext, image mediumblob);
            CREATE TABLE products (productCode varchar(15) PRIMARY KEY, productName varchar(70),
              productLine varchar(50), productScale varchar(10), productVendor varchar(50),
              productDescription text, quantityInStock smallint, buyPrice decimal(10,2),
              MSRP decimal(10,2));
            CREATE TABLE customers (customerNumber int PRIMARY KEY, customerName varchar(50),
              contactLastName varchar(50), contactFirstName varchar(50), phone varchar(50),
              addressLine1 varchar(50), addressLine2 varchar(50), city varchar(50),
              state varchar(50), postalCode varchar(15), country varchar(50),
              salesRepEmployeeNumber int, creditLimit decimal(10,2));
            CREATE TABLE orders (orderNumber int PRIMARY KEY, orderDate date, requiredDate date,
              shippedDate date, status varchar(15), comments text, customerNumber int);
            CREATE TABLE orderdetails (orderNumber int, productCode varchar(15),
              quantityOrdered int, priceEach decimal(10,2), orderLineNumber smallint,
              PRIMARY KEY (orderNumber, productCode));
            CREATE TABLE payments (customerNumber int, checkNumber varchar(50), paymentDate date,
              amount decimal(10,2), PRIMARY KEY (customerNumber, checkNumber));
            INSERT INTO offices VALUES ('1', 'Lyon', '+33', 'Rue 1', 'Et. 2', NULL, 'France',
              '69000', 'EMEA');
            INSERT INTO employees VALUES (1, 'Roux', 'Zoé', 'x1', 'ZRoux@cars.example', '1', 2,
              'Rep'), (2, 'Gray', 'Al', 'x2', 'agray@cars.example', '1', NULL, 'Head');
            INSERT INTO productlines VALUES ('Trucks', 'Heavy ones', NULL, X'FF');
            INSERT INTO products VALUES ('T1', 'Red truck', 'Trucks', '1:18', 'Tin & Co', 'Red', 7,
              10.5, 20), ('T2', 'Blue truck', 'Trucks', '1:24', 'TIN & CO ', 'Blue', 0, 11, 21);
            INSERT INTO customers VALUES (10, 'Jouets ', 'Dupont', 'Anne ', '1', 'Rue 9', NULL,
              'Nantes', NULL, '44000', 'France  ', 1, 21000), (11, 'Nobody', 'N', 'O', '2', 'S', '',
              'X', '', NULL, 'Norway', NULL, 0);
            INSERT INTO orders VALUES (100, '2003-01-06', '2003-01-13', NULL, 'In Process', '', 10),
              (101, '2003-01-07', '2003-01-14', '2003-01-09', 'Shipped', 'quick', 10),
              (102, '2003-01-08', '2003-01-15', NULL, 'Lost', NULL, 10);
            INSERT INTO orderdetails VALUES (100, 'T1', 3, 19.99, 1), (100, 'T2', 2, 20.50, 2),
              (101, 'T1', 1, 18.01, 1), (102, 'T1', 5, 1, 1);
            INSERT INTO payments VALUES (10, 'HQ1', '2004-10-19', 118.98);
            """;

    @Test
    void givesTheShopInStrictTables() throws Exception {
        var source = MariaDb.fresh();
        try (var connection = MariaDb.connect(source);
                var statement = connection.createStatement()) {
            statement.execute(SHOP);
        }
        var shop = Postgres.fresh();
        Outcome outcome;
        try (var from = Sources.open(source);
                var to = Targets.open(shop)) {
            outcome = engine(from, to).run("run-1");
        }

        try (var connection = Postgres.connect(shop);
                var statement = connection.createStatement()) {
            assertThat(one(statement, "SELECT string_agg(name, ',') FROM vendor"))
                    .isEqualTo("Tin & Co");
            assertThat(one(statement, "SELECT name || country FROM customer WHERE number = 10"))
                    .isEqualTo("JouetsFrance");
            assertThat(one(statement, "SELECT sum(quantity * unit_price) FROM purchase_line"))
                    .isEqualTo("118.98");
            assertThat(
                            one(
                                    statement,
                                    "SELECT string_agg(status, ',' ORDER BY number) FROM purchase"))
                    .isEqualTo("in_process,shipped");
            assertThat(
                            one(
                                    statement,
                                    "SELECT string_agg(rule || ' ' || row_key, '; ' ORDER BY step)"
                                            + " FROM slipway_ledger.quarantine"))
                    .isEqualTo("lookup orders 102, T1; enum 102");
        }
        // an order of a status that the plan does not know is missing on the right: it says so
        assertThat(outcome.validated()).isFalse();
        assertThat(outcome.reason()).contains("orders by status").contains("lines, quantity");
        assertThat(outcome.validations())
                .filteredOn(v -> v.name().startsWith("foreign key") || v.name().equals("checksum"))
                .hasSizeGreaterThan(15)
                .allMatch(v -> v.passed());
    }

    private static Engine engine(
            dev.slipway.backend.migration.source.Source from,
            dev.slipway.backend.migration.target.Target to)
            throws Exception {
        var file =
                Path.of(
                        Objects.requireNonNull(
                                        ClassicModelsIT.class.getResource(
                                                "/plans/classicmodels.yaml"))
                                .toURI());
        return new Engine(
                PlanReader.read(file),
                from,
                to,
                Converters.STANDARD,
                Listener.NONE,
                Control.GO_ON,
                InstantSource.system(),
                new Worker("here"));
    }

    private static String one(java.sql.Statement statement, String sql) throws Exception {
        try (var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
