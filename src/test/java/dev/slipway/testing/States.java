package dev.slipway.testing;

import dev.slipway.backend.store.StateStore;
import dev.slipway.config.Database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The engines that keep the state, for test classes that hold for each of them:
/// `@ParameterizedClass @EnumSource(States.class)`.
public enum States {
    SQLITE {
        @Override
        public StateStore open(Path folder) {
            return StateStore.open(folder);
        }

        @Override
        public Database at(Path folder) {
            return new Database(SQLITE_URL + folder.toAbsolutePath(), "", "");
        }

        @Override
        public String configured(Path folder, String configuration) {
            return configuration;
        }
    },
    POSTGRES {
        @Override
        public StateStore open(Path folder) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return StateStore.open(database(folder));
        }

        @Override
        public Database at(Path folder) {
            return database(folder);
        }

        @Override
        public String configured(Path folder, String configuration) {
            Database database = database(folder);
            String entry =
                    "state: {url: \"%s\", user: \"%s\"}".formatted(database.url(), database.user());
            String databases = added(configuration, entry);
            return databases.contains("backend: {")
                    ? databases.replace("backend: {", "backend: {database: state, ")
                    : databases + "backend: {database: state}\n";
        }
    };

    private static final String SQLITE_URL = "jdbc:sqlite:";

    private static String added(String configuration, String entry) {
        if (configuration.contains("databases: {")) {
            return configuration.replace("databases: {", "databases: {" + entry + ", ");
        }
        return configuration.contains("databases:\n")
                ? configuration.replace("databases:\n", "databases:\n  " + entry + "\n")
                : configuration + "databases: {" + entry + "}\n";
    }

    private static final Map<Path, Database> DATABASES = new ConcurrentHashMap<>();

    /// Opens the state that belongs to a folder; empty the first time.
    ///
    /// @throws org.opentest4j.TestAbortedException if the engine can't be had
    public abstract StateStore open(Path folder);

    /// Where another process finds the state that belongs to a folder: see [#opened].
    public abstract Database at(Path folder);

    /// Opens what [#at] said, in a process that has only its URL and its user.
    public static StateStore opened(String url, String user) {
        return url.startsWith(SQLITE_URL)
                ? StateStore.open(Path.of(url.substring(SQLITE_URL.length())))
                : StateStore.open(new Database(url, user, ""));
    }

    /// A configuration that keeps its state in this engine.
    ///
    /// @param folder the state's folder
    public abstract String configured(Path folder, String configuration);

    /// SQL that takes a table's guard away.
    public String dropTrigger(String trigger, String table) {
        return "DROP TRIGGER " + trigger + (this == POSTGRES ? " ON " + table : "");
    }

    /// The database that belongs to a folder.
    public static Database database(Path folder) {
        return DATABASES.computeIfAbsent(
                folder.toAbsolutePath().normalize(), _ -> Postgres.copyOf(Template.DATABASE));
    }

    /// The schema, made once.
    private static final class Template {
        static final Database DATABASE = made();

        private static Database made() {
            Database database = Postgres.fresh();
            StateStore.open(database).close();
            return database;
        }
    }
}
