package dev.slipway.console.queues.command;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.backend.store.StateStore;
import dev.slipway.testing.FailedJobs;
import dev.slipway.testing.FailedJobs.Lot;
import dev.slipway.testing.RunningBackend;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

class AllMatchingIT {
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @TempDir Path home;

    @SuppressWarnings("NullAway.Init")
    private RunningBackend backend;

    @SuppressWarnings("NullAway.Init")
    private StateStore store;

    @BeforeEach
    void open() throws Exception {
        backend = new RunningBackend(home);
        backend.token(Role.ADMIN);
        store = StateStore.open(backend.state());
        add("order", 2_000, "card");
        add("refund", 100, "bank");
    }

    private void add(String name, int jobs, String print) {
        var begin = Instant.now().minusSeconds(3_600);
        FailedJobs.add(store, new Lot(name, jobs, "mail", "mail.send", print, begin));
    }

    @AfterEach
    void close() {
        store.close();
        backend.close();
    }

    @Test
    void aPreviewCountsAndTouchesNothing() {
        assertThat(jobs("retry-all", "--fingerprint", "card", "--text", "order 77", "--preview"))
                .isZero();

        // 77 and 770 to 779
        assertThat(out.toString()).contains("11 failed jobs match.", "order 779", "order 775");
        assertThat(out.toString().lines().filter(line -> line.startsWith("  "))).hasSize(5);
        assertThat(count("state = 'DEAD'")).isEqualTo(2_100);
    }

    @Test
    void discardsAllThatMatchAndSaysSo() {
        assertThat(jobs("discard-all", "--fingerprint", "card", "--rate", "5000"))
                .as("without a reason")
                .isEqualTo(2);
        assertThat(
                        jobs(
                                "discard-all",
                                "--fingerprint",
                                "card",
                                "--rate",
                                "5000",
                                "--reason",
                                "sent twice"))
                .isZero();

        assertThat(out.toString()).contains("done: 2,000 of 2,000");
        assertThat(count("state = 'DISCARDED' AND stop_reason = 'sent twice'")).isEqualTo(2_000);
        assertThat(count("state = 'DEAD'")).isEqualTo(100);
    }

    @Test
    void whatCannotBeIsSaidAndNothingIsTouched() {
        assertThat(jobs("move-all", "--queue", "mail")).isEqualTo(2);
        assertThat(jobs("move-all", "--queue", "mail", "--into", "mail")).isEqualTo(1);
        assertThat(err.toString()).contains("They are in that queue already");
        assertThat(jobs("retry-all", "--rate", "0")).isEqualTo(1);
        assertThat(err.toString()).contains("From 1 to 10000");
        assertThat(jobs("retry-all", "--fingerprint", "nothing")).isZero();
        assertThat(out.toString()).contains("0 failed jobs match");
        assertThat(count("state = 'DEAD'")).isEqualTo(2_100);
    }

    /// As Ctrl-C does: the process is told to end.
    @Test
    void anInterruptCancelsAndLeavesTheOthersAsTheyWere() throws Exception {
        Path log = home.resolve("cli.log");
        Process cli =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.slipway.Slipway",
                                "jobs",
                                "discard-all",
                                "--connect",
                                backend.uri("").toString(),
                                "--fingerprint",
                                "card",
                                "--rate",
                                "20",
                                "--reason",
                                "sent twice")
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        cli.outputWriter().append(RunningBackend.PASSWORD).append('\n').flush();
        eventually("some are discarded", () -> count("state = 'DISCARDED'") > 20);
        cli.destroy();
        assertThat(cli.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(Files.readString(log)).contains("cancelled:");
        long left = count("state = 'DEAD' AND fingerprint = 'card'");
        assertThat(left).isBetween(1L, 1_979L);
        assertThat(count("state = 'DISCARDED'")).isEqualTo(2_000 - left);
        assertThat(
                        store.<Long, RuntimeException>read(
                                handle ->
                                        handle.createQuery(
                                                        "SELECT count(*) FROM repair"
                                                                + " WHERE state = 'CANCELLED'")
                                                .mapTo(Long.class)
                                                .one()))
                .isEqualTo(1);
    }

    private long count(String condition) {
        return store.read(
                handle ->
                        handle.createQuery("SELECT count(*) FROM job WHERE " + condition)
                                .mapTo(Long.class)
                                .one());
    }

    private int jobs(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--connect");
        all.add(backend.uri("").toString());
        out = new StringWriter();
        err = new StringWriter();
        InputStream before = System.in;
        System.setIn(
                new ByteArrayInputStream(
                        (RunningBackend.PASSWORD + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            return new CommandLine(new JobsCommand())
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(all.toArray(String[]::new));
        } finally {
            System.setIn(before);
        }
    }
}
