package dev.slipway.console.queues.command;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.access.Role;
import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.queues.JobFailure;
import dev.slipway.backend.queues.JobHandler;
import dev.slipway.backend.queues.JobQueue.NewJob;
import dev.slipway.backend.queues.SqlJobQueue;
import dev.slipway.backend.queues.Worker;
import dev.slipway.backend.queues.WorkerSettings;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.StateStore;
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
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class JobsCommandIT {
    private static final ObjectMapper JSON = WireJson.mapper();

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @SuppressWarnings("NullAway.Init")
    private RunningBackend backend;

    @SuppressWarnings("NullAway.Init")
    private StateStore store;

    @BeforeEach
    void open(@TempDir Path home) throws Exception {
        backend = new RunningBackend(home);
        backend.token(Role.ADMIN);
        store = StateStore.open(backend.state());
    }

    @AfterEach
    void close() {
        store.close();
        backend.close();
    }

    @Test
    void listsShowsRetriesAndDiscards() throws Exception {
        String dead = publish("mail", "mail.send", "order 7");
        String other = publish("pdf", "pdf.render", "order 8");
        work(new Refusing());
        eventually("dead", () -> state(dead).equals("DEAD"));

        assertThat(jobs("list", "--state", "DEAD")).isZero();
        assertThat(out.toString())
                .contains(dead, "DEAD", "mail.send", "about order 7", "no address")
                .doesNotContain(other);
        assertThat(jobs("show", dead)).isZero();
        assertThat(out.toString())
                .contains("attempt      1 of 1")
                .containsPattern("(?m)^ +1  attempt 1  \\S+  FAILED .* a-worker · no address")
                .contains("looking for an address", "Failed for good: no address");
        assertThat(jobs("retry", dead)).isZero();
        assertThat(out.toString()).contains(dead, "READY");
        assertThat(jobs("discard", dead, other, "--reason", "no longer wanted")).isZero();
        assertThat(jobs("show", dead)).isZero();
        assertThat(out.toString()).contains("DISCARDED", "given up by  admin", "no longer wanted");
    }

    @Test
    void oneThatIsRefusedLeavesTheOthersAlone() throws Exception {
        String one = publish("mail", "t", "order 7");
        String two = publish("mail", "t", "order 8");

        assertThat(jobs("cancel", one, "no-such-job", two, "--reason", "stop")).isEqualTo(1);
        assertThat(err.toString()).contains("no-such-job", "There is no job");
        assertThat(state(one)).isEqualTo("DISCARDED");
        assertThat(state(two)).isEqualTo("DISCARDED");
        assertThat(jobs("show", "no-such-job")).isEqualTo(1);
    }

    @Test
    void printsOneValueOfJsonPerLine() throws Exception {
        for (int i = 0; i < 5; i++) {
            publish("mail", "t", "order " + i);
        }
        assertThat(jobs("list", "--limit", "3", "--json")).isZero();

        List<JsonNode> values = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            values.add(JSON.readTree(line));
        }
        assertThat(values)
                .extracting(value -> value.path("subject").asText())
                .containsExactly("about order 4", "about order 3", "about order 2");
        assertThat(jobs("list", "--limit", "3")).isZero();
        assertThat(out.toString()).contains("There are more");
    }

    @Test
    void pausesLimitsAndResumesAndSaysWhyAJobWaits() {
        String id = publish("mail", "mail.send", "order 7");

        assertThat(queues("pause", "mail", "--reason", "mail server down", "--for", "2h")).isZero();
        assertThat(queues("list")).isZero();
        assertThat(out.toString()).contains("mail", "ready 1", "paused by admin", "server down");
        assertThat(jobs("show", id)).isZero();
        assertThat(out.toString()).containsPattern("waits +queue paused by admin .* until ");
        assertThat(queues("resume", "mail", "--reason", "it is up again")).isZero();
        assertThat(backend.get("/api/v1/audit", backend.token(Role.ADMIN)).body())
                .contains("/queues/{name}/pause", "mail server down")
                .contains("/queues/{name}/resume", "it is up again");
        assertThat(queues("holds", "--json")).isZero();
        assertThat(out.toString()).isEmpty();

        assertThat(queues("pause", "mail.send", "--type", "--reason", "wrong template")).isZero();
        assertThat(queues("limit", "mail.send", "2")).isZero();
        assertThat(queues("types")).isZero();
        assertThat(out.toString())
                .contains("mail.send", "running 0 of 2", "until someone resumes it");
        assertThat(queues("resume", "mail.send", "--type")).isZero();
        assertThat(queues("limit", "mail.send", "none")).isZero();
        assertThat(out.toString()).contains("any number");
    }

    @Test
    void wrongArgumentsAreOneThingAndRefusalsAnother() {
        publish("mail", "t", "order 7");
        assertThat(queues("pause", "maill", "--reason", "x")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no queue 'maill'");
        assertThat(queues("pause", "mail", "--reason", "x", "--for", "soon")).isEqualTo(2);
        assertThat(err.toString()).contains("90s, 30m, 2h or 1d");
        assertThat(queues("pause", "mail")).isEqualTo(2);
        assertThat(queues("limit", "t", "few")).isEqualTo(2);
        assertThat(jobs()).isEqualTo(2);
        assertThat(run(new CommandLine(new JobsCommand()), "", "list")).isEqualTo(2);
        assertThat(err.toString()).contains("--connect");
        assertThat(
                        run(
                                new CommandLine(new JobsCommand()),
                                "wrong",
                                "list",
                                "--connect",
                                backend.uri("").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("User and password don't fit.");
        assertThat(
                        run(
                                new CommandLine(new JobsCommand()),
                                "x",
                                "list",
                                "--connect",
                                "http://127.0.0.1:1"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("can't be reached");
    }

    private int jobs(String... arguments) {
        return asked(new CommandLine(new JobsCommand()), arguments);
    }

    private int queues(String... arguments) {
        return asked(new CommandLine(new QueuesCommand()), arguments);
    }

    private int asked(CommandLine command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--connect");
        all.add(backend.uri("").toString());
        return run(command, RunningBackend.PASSWORD, all.toArray(String[]::new));
    }

    private int run(CommandLine command, String password, String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream((password + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            return command.setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(arguments);
        } finally {
            System.setIn(before);
        }
    }

    private String publish(String queue, String type, String key) {
        var clock = InstantSource.system();
        var jobQueue = new SqlJobQueue(JSON, new EventLog(JSON, clock), clock, new Random());
        return store.write(
                handle ->
                        jobQueue.publish(
                                handle, new NewJob(queue, type, "about " + key, key, key, 1)));
    }

    private void work(JobHandler handler) {
        var clock = InstantSource.system();
        var worker =
                new Worker(
                        "a-worker",
                        WorkerSettings.standard(1),
                        List.of(handler),
                        store,
                        new EventLog(JSON, clock),
                        JSON,
                        clock,
                        new Random());
        worker.start();
        eventually("it worked", () -> !states().contains("READY mail.send"));
        worker.close();
    }

    private List<String> states() {
        return store.read(
                handle ->
                        handle.createQuery("SELECT state || ' ' || type FROM job ORDER BY seq")
                                .mapTo(String.class)
                                .list());
    }

    private String state(String id) {
        return store.read(
                handle ->
                        handle.createQuery("SELECT state FROM job WHERE id = :id")
                                .bind("id", id)
                                .mapTo(String.class)
                                .one());
    }

    private static final class Refusing implements JobHandler {
        @Override
        public String type() {
            return "mail.send";
        }

        @Override
        public void run(JobContext job) throws JobFailure {
            job.log("looking for an address");
            throw new JobFailure("no address", false, null);
        }
    }
}
