package dev.slipway.console.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.TestClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// `slipway schedules` against a whole backend.
class SchedulesCommandIT {
    @TempDir Path home;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private RunningBackend backend;

    @BeforeEach
    void start() throws IOException {
        backend =
                new RunningBackend(
                        home,
                        new TestClock(Instant.parse("2026-03-28T12:00:00Z")),
                        "backend: {port: 0, heartbeat: 1}\n");
        backend.token(Role.ADMIN);
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void addsShowsChangesPausesRunsAndUndoes() {
        assertThat(
                        run(
                                "add nightly --cron",
                                "30 2 * * *",
                                "--zone Europe/Berlin --task audit.check"))
                .contains("nightly: every day at 02:30 in Europe/Berlin");
        assertThat(run("list")).contains("nightly", "Sun 29 Mar 03:00 Europe/Berlin");
        assertThat(run("next nightly"))
                .contains("2026-03-28  Sun 29 Mar 03:00 (+02:00)  02:30 does not exist")
                .hasLineCount(10);
        assertThat(run("edit nightly --cron", "0 4 * * *", "--reason later"))
                .contains("every day at 04:00", "60 min");
        assertThat(run("pause nightly --reason stocktaking --for PT4H"))
                .contains("paused by admin: stocktaking");
        assertThat(run("resume nightly")).doesNotContain("paused");
        assertThat(run("run nightly 2026-03-27")).contains("2026-03-27 STARTED  MANUAL");
        assertThat(run("show nightly"))
                .contains("2026-03-27 STARTED", "cron: 30 2 * * * → 0 4 * * *");
        assertThat(run("restore nightly 1")).contains("every day at 02:30");
        assertThat(run("list --json")).contains("\"cron\":\"30 2 * * *\"");
        assertThat(run("remove nightly --reason unwanted")).contains("removed");
        assertThat(run("list")).isEmpty();
    }

    @Test
    void saysWhatWasRefusedAndChangesNothing() {
        run("add nightly --cron", "30 2 * * *", "--zone Europe/Berlin --task audit.check");
        assertThat(refused("edit nightly --cron", "30 2 * *")).contains("Five fields are needed");
        assertThat(refused("run nightly 2026-03-30")).contains("still to come");
        run("run nightly 2026-03-27");
        assertThat(refused("run nightly 2026-03-27")).contains("a date is run once");
        assertThat(refused("show none")).contains("There is no schedule 'none'");
        assertThat(run("list")).contains("Sun 29 Mar 03:00");
    }

    /// As the console has the environment's name typed.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "run nightly 2026-03-27",
                "remove nightly",
                "edit nightly --grace 90",
                "restore nightly 1"
            })
    void inProductionTheEnvironmentMustBeNamed(String act) throws IOException {
        run("add nightly --cron", "30 2 * * *", "--zone Europe/Berlin --task audit.check");
        run("edit nightly --grace 70");
        backend.close();
        backend =
                new RunningBackend(
                        home,
                        new TestClock(Instant.parse("2026-03-28T12:00:00Z")),
                        """
                        environment: {name: Shop, production: true}
                        backend: {port: 0, heartbeat: 1}
                        """);
        String before = run("show nightly");
        assertThat(execute(act)).isEqualTo(2);
        assertThat(taken(err)).contains("say --environment \"Shop\" if it is meant");
        assertThat(execute(act + " --environment shop")).isEqualTo(2);
        taken(err);
        taken(out);
        assertThat(run("show nightly")).isEqualTo(before);
        run(act + " --environment Shop");
    }

    private String run(String... words) {
        assertThat(execute(words)).as(err.toString()).isZero();
        return taken(out);
    }

    private String refused(String... words) {
        assertThat(execute(words)).isEqualTo(1);
        out.getBuffer().setLength(0);
        return taken(err);
    }

    private static String taken(StringWriter from) {
        String text = from.toString();
        from.getBuffer().setLength(0);
        return text;
    }

    /// @param words every second one is one argument, the others are several
    private int execute(String... words) {
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            arguments.addAll(i % 2 == 1 ? List.of(words[i]) : List.of(words[i].split(" ")));
        }
        arguments.addAll(List.of("--connect", backend.uri("").toString()));
        InputStream before = System.in;
        String password = RunningBackend.PASSWORD + "\n";
        System.setIn(new ByteArrayInputStream(password.getBytes(StandardCharsets.UTF_8)));
        try {
            return new CommandLine(new SchedulesCommand())
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(arguments.toArray(String[]::new));
        } finally {
            System.setIn(before);
        }
    }
}
