package dev.slipway.backend.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.backend.migration.command.MigrateCommand;
import dev.slipway.config.BadFile;
import dev.slipway.config.Database;
import dev.slipway.testing.MariaDb;
import dev.slipway.testing.Postgres;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// A source that can't be read as the plan wants: a clear word, and nothing in the target.
class WrongSourceIT {
    private static final String TABLES =
            "SELECT count(*) FROM information_schema.tables WHERE table_schema NOT IN"
                    + " ('pg_catalog', 'information_schema') AND table_schema <> 'slipway_ledger'";
    @TempDir Path folder;

    @Test
    void aWrongPasswordIsToldAndKeptSecret() throws Exception {
        Database source = MariaDb.fresh();
        Database target = Postgres.fresh();
        Path secret = folder.resolve("password");
        Files.writeString(secret, "quite-wrong-4711");
        var err = new StringWriter();

        int exit =
                new CommandLine(new MigrateCommand())
                        .setErr(new PrintWriter(err, true))
                        .execute(
                                "--plan",
                                PlanRun.file("double-entry.yaml").toString(),
                                "--source",
                                source.url(),
                                "--source-user",
                                source.user(),
                                "--source-password-file",
                                secret.toString(),
                                "--target",
                                target.url(),
                                "--target-user",
                                target.user());

        assertThat(exit).isEqualTo(3);
        assertThat(err.toString())
                .contains("a database failed")
                .contains("Access denied")
                .doesNotContain("quite-wrong-4711")
                .doesNotContain("\tat ");
        try (var connection = Postgres.connect(target)) {
            assertThat(PlanRun.ask(connection, TABLES)).isEqualTo("0");
        }
    }

    @Test
    void bytesAsAKeyAreRefusedWithTheWayOut() throws Exception {
        Database source = MariaDb.fresh();
        try (var connection = MariaDb.connect(source)) {
            new DoubleEntry(1, 20).fill(connection, " COLLATE latin1_bin", "BINARY(16)");
        }
        String yaml =
                """
                name: p
                schema: {postgresql: {before: "CREATE TABLE i (id text PRIMARY KEY)"}}
                steps:
                  - name: invoices
                    source: {table: invoice}
                    target: i
                    columns: {id: {type: text, from: uid, on-missing: quarantine}}
                """;
        var plan = dev.slipway.backend.migration.plan.PlanReader.read("p", yaml, folder);
        Database target = Postgres.fresh();

        BadFile bad =
                catchThrowableOfType(
                        BadFile.class,
                        () ->
                                PlanRun.run(
                                        plan,
                                        source,
                                        target,
                                        dev.slipway.backend.migration.convert.Converters.STANDARD));

        assertThat(Objects.requireNonNull(bad).getMessage())
                .contains("line 4: the key 'uid' holds bytes")
                .contains("such as 'HEX(uid)'");
        try (var connection = Postgres.connect(target)) {
            assertThat(PlanRun.ask(connection, TABLES)).isEqualTo("0");
        }
    }
}
