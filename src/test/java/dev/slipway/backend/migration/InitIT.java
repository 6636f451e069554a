package dev.slipway.backend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.migration.StepProgress;
import dev.slipway.backend.migration.command.MigrateCommand;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.engine.Outcome;
import dev.slipway.backend.migration.engine.Preparation;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.config.Database;
import dev.slipway.testing.MariaDb;
import dev.slipway.testing.Postgres;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.regex.Pattern;

/// The first plan of a source that no one described runs as it was written, and puts into
/// quarantine what it said it would.
class InitIT {
    @TempDir Path folder;
    private final StringWriter err = new StringWriter();
    private Database target;

    @BeforeEach
    void fresh() {
        target = Postgres.fresh();
    }

    @Test
    void aMarketplaceOfEntitiesAttributesAndValues() throws Exception {
        Database source = MariaDb.fresh();
        try (var connection = MariaDb.connect(source)) {
            new Bazaar(11, 300).fill(connection, " CHARACTER SET utf8mb4");
        }

        runsUnedited(source);

        String found = Files.readString(folder.resolve("out/profile.txt"));
        assertThat(found)
                .contains("seller: 15 rows, key handle")
                .contains("in a wrong encoding")
                .containsPattern("attribute_value: [\\d,]+ rows, key sku, code, lang");
    }

    @Test
    void booksInSeveralCurrenciesWithABinaryKey() throws Exception {
        Database source = MariaDb.fresh();
        try (var connection = MariaDb.connect(source)) {
            new DoubleEntry(12, 200).fill(connection, " COLLATE latin1_bin", "BINARY(16)");
        }

        runsUnedited(source);

        assertThat(Files.readString(folder.resolve("out/plan.yaml"))).contains("HEX(uid)");
    }

    @Test
    void booksInSqlite() throws Exception {
        var source = new Database("jdbc:sqlite:" + folder.resolve("legacy.db"), "", "");
        try (var connection = DriverManager.getConnection(source.url())) {
            new DoubleEntry(13, 150).fill(connection, "", "VARCHAR(40)");
        }

        runsUnedited(source);

        assertThat(Files.readString(folder.resolve("out/plan.yaml"))).contains("HEX(uid)");
    }

    /// Each kind of dirt is told with its count.
    @Test
    void tellsWhatAColumnReallyHolds() throws Exception {
        Database source = MariaDb.fresh();
        try (var connection = MariaDb.connect(source);
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE customers (customer_id INT PRIMARY KEY, mail VARCHAR(50), born DATE,"
                            + " since VARCHAR(20), paid VARCHAR(20), flags VARCHAR(10), zip VARCHAR(10))"
                            + " CHARSET latin1");
            for (int i = 1; i <= 100; i++) {
                String values =
                        "%d, '%s', '%s', '%s', '%s', '%s', '0%d'"
                                .formatted(
                                        i,
                                        i % 25 == 0 ? "none at all" : "a" + i + "@b.example",
                                        i % 10 == 0 ? "0000-00-00" : "1980-05-06",
                                        i % 2 == 0 ? "2020-01-02" : "03.04.2021",
                                        i % 4 == 0 ? "€ 12,50" : "12.50",
                                        i % 3 == 0 ? "yes" : "no",
                                        1000 + i);
                statement.execute("INSERT INTO customers VALUES (" + values + ")");
            }
            statement.execute("CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT)");
            statement.execute("INSERT INTO orders VALUES (1, 5), (2, 5), (3, 777), (4, NULL)");
        }

        runsUnedited(source);

        String found = Files.readString(folder.resolve("out/profile.txt"));
        assertThat(found)
                .contains("mail: declared text, found email; 4 are not: \"none at all\"")
                .contains("born: declared date, found date; 10 \"0000-00-00\"")
                .contains("since: declared text, found date; 50 dd.MM.yyyy; 50 yyyy-MM-dd")
                .contains("paid: declared text, found money")
                .contains("flags: declared text, found few words; words \"no\" 67, \"yes\" 33")
                .contains("zip: declared text, found text")
                .contains(
                        "customer_id seems to name a row of customers: 1 of its rows lead nowhere")
                .contains(
                        "customers: 100 rows, key customer_id; the first plan puts 4 into quarantine");
        try (var connection = Postgres.connect(target)) {
            assertThat(
                            PlanRun.ask(
                                    connection,
                                    "SELECT paid_currency, sum(paid), count(*) FROM customers GROUP"
                                            + " BY 1 ORDER BY 1"))
                    .isEqualTo("EUR|300.0|24; XXX|900.0|72");
        }
    }

    @Test
    void whatCanNotBeWatchedIsSaid() throws Exception {
        String source = "jdbc:sqlite:" + folder.resolve("x.db");
        try (var connection = DriverManager.getConnection(source);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        }

        assertThat(init(source, "--threads-running", "8")).isEqualTo(2);
        assertThat(err.toString()).contains("--threads-running: ");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void replacesNoFile() throws Exception {
        Files.createDirectories(folder.resolve("out"));
        Files.writeString(folder.resolve("out/plan.yaml"), "mine");

        assertThat(init("jdbc:sqlite:" + folder.resolve("x.db"))).isEqualTo(2);
        assertThat(err.toString()).contains("is there already");
        assertThat(folder.resolve("out/plan.yaml")).hasContent("mine");
    }

    private void runsUnedited(Database source) throws Exception {
        Path secret = folder.resolve("password");
        Files.writeString(secret, source.password());
        boolean file = source.url().startsWith("jdbc:sqlite:");
        int exit =
                file
                        ? init(source.url())
                        : init(
                                source.url(),
                                "--source-user",
                                source.user(),
                                "--source-password-file",
                                secret.toString());
        assertThat(exit).as(err.toString()).isZero();
        MigrationPlan plan = PlanReader.read(folder.resolve("out/plan.yaml"));
        try (var from = Sources.open(source);
                var to = Targets.open(target)) {
            var preparation = new Preparation(plan, from, to, Converters.STANDARD);
            assertThat(preparation.check(true).all()).isEmpty();
        }
        Outcome outcome = PlanRun.run(plan, source, target, Converters.STANDARD);

        assertThat(outcome.reason()).isEmpty();
        assertThat(outcome.validated()).isTrue();
        assertThat(outcome.steps()).allMatch(step -> step.read() > 0);
        long refused = outcome.steps().stream().mapToLong(StepProgress::quarantined).sum();
        var told = Pattern.compile("puts ([\\d,]+) of the rows read").matcher(err.toString());
        assertThat(told.find()).isTrue();
        assertThat(Long.parseLong(told.group(1).replace(",", ""))).isEqualTo(refused);
        assertThat(err.toString())
                .containsPattern("reading \\w+: [\\d,]+ of [\\d,]+ rows")
                .containsPattern("the longest read took [\\d,]+ ms: .+");
    }

    private int init(String source, String... more) {
        var all = new java.util.ArrayList<String>();
        all.addAll(java.util.List.of("init", "--source", source));
        all.addAll(java.util.List.of("--out", folder.resolve("out").toString()));
        all.addAll(java.util.List.of(more));
        return new CommandLine(new MigrateCommand())
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
