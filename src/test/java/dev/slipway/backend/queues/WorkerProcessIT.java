package dev.slipway.backend.queues;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.queues.JobState;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Workers as they are in earnest: processes of their own over one state database.
class WorkerProcessIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(3);

    private final List<Process> processes = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private Path state;

    @SuppressWarnings("NullAway.Init")
    private Path effects;

    @SuppressWarnings("NullAway.Init")
    private QueueFixture fixture;

    @BeforeEach
    void open(@TempDir Path folder) {
        state = folder.resolve("state");
        effects = folder.resolve("effects");
        fixture = new QueueFixture(state, InstantSource.system());
    }

    @AfterEach
    void close() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        fixture.close();
    }

    @Test
    void twoProcessesShareTheWorkAndRunNothingTwice() throws IOException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            ids.add(fixture.publish("effect", "k" + i, 3));
        }
        start("one", 20, LONG);
        start("two", 20, LONG);

        eventually("all done", () -> ids.stream().allMatch(this::succeeded));
        assertThat(lines(" begun")).hasSize(60);
        assertThat(lines(" one done")).isNotEmpty();
        assertThat(lines(" two done")).isNotEmpty();
    }

    @Test
    void aJobWhoseWorkerIsKilledIsFinishedByAnotherOnceItsLeaseEnds() throws Exception {
        String id = fixture.publish("effect", "k", 1);
        Process killed = start("killed", 600_000, SHORT);
        eventually("begun", () -> lines(" killed begun").size() == 1);
        killed.destroyForcibly().waitFor();
        start("second", 10, LONG);

        eventually("done", () -> succeeded(id));
        assertThat(lines(""))
                .containsExactly(id + " killed begun", id + " second begun", id + " second done");
        assertThat(fixture.job(id).attempt()).isEqualTo(1);
        assertThat(fixture.job(id).worker()).isEqualTo("second");
    }

    private Process start(String name, long millis, Duration lease) throws IOException {
        Process process = WorkerProcess.start(state, effects, name, millis, lease);
        processes.add(process);
        return process;
    }

    private boolean succeeded(String id) {
        return fixture.is(id, JobState.SUCCEEDED);
    }

    private List<String> lines(String end) {
        if (!Files.exists(effects)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(effects)) {
            return lines.filter(line -> line.endsWith(end)).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
