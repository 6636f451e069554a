package dev.slipway.testing;

import dev.slipway.config.Database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// The kinds of database that a migration copies from and into.
public enum Engines {
    SQLITE("sqlite", "slipway_") {
        @Override
        public Database fresh(Path folder, String name) {
            return new Database("jdbc:sqlite:" + folder.resolve(name + ".db"), "", "");
        }

        @Override
        public Connection connect(Database database) throws SQLException {
            return DriverManager.getConnection(database.url());
        }
    },
    MARIADB("mariadb", "slipway_") {
        @Override
        public Database fresh(Path folder, String name) {
            return MariaDb.fresh();
        }

        @Override
        public Connection connect(Database database) throws SQLException {
            return MariaDb.connect(database);
        }
    },
    POSTGRES("postgresql", "slipway_ledger.") {
        @Override
        public Database fresh(Path folder, String name) {
            return Postgres.fresh();
        }

        @Override
        public Connection connect(Database database) throws SQLException {
            return Postgres.connect(database);
        }
    };

    private final String dialect;
    private final String ledger;

    Engines(String dialect, String ledger) {
        this.dialect = dialect;
        this.ledger = ledger;
    }

    /// An empty database.
    ///
    /// @param folder where it stands if it is a file
    /// @param name what it is called there
    public abstract Database fresh(Path folder, String name);

    public abstract Connection connect(Database database) throws SQLException;

    /// What a plan calls it.
    public String dialect() {
        return dialect;
    }

    /// What the names of a ledger's tables begin with in it.
    public String ledger() {
        return ledger;
    }
}
