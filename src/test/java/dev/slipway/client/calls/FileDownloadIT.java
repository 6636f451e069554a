package dev.slipway.client.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.api.tasks.ExportFormat;
import dev.slipway.api.tasks.ExportOf;
import dev.slipway.api.tasks.ExportState;
import dev.slipway.client.BackendClient;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.testing.SmallDisk;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;

import okio.Buffer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/// Downloads over a line that breaks.
class FileDownloadIT {
    private static final int BYTES = 900_000;

    @TempDir Path home;
    private final MockWebServer server = new MockWebServer();
    private final byte[] file = new byte[BYTES];
    private Path to = Path.of("");

    @BeforeEach
    void start() throws IOException {
        new Random(1).nextBytes(file);
        server.start();
        to = home.resolve("orders.csv");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Export export(byte[] content) throws Exception {
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        Instant now = Instant.parse("2026-11-26T12:00:00Z");
        return new Export(
                "x1",
                ExportOf.ORDERS,
                ExportFormat.CSV,
                ExportFilter.ALL,
                ExportState.READY,
                "me",
                now,
                now,
                now,
                "j",
                5,
                5L,
                null,
                now,
                null,
                (long) content.length,
                sha256,
                now,
                "orders.csv",
                null);
    }

    private BackendClient client() {
        return new BackendClient(server.url("/").uri(), () -> "token");
    }

    private static MockResponse.Builder answer(byte[] bytes) {
        return new MockResponse.Builder()
                .body(new Buffer().write(bytes))
                .setHeader("Content-Type", "application/octet-stream");
    }

    @Test
    void aBrokenDownloadGoesOnWhereItBrokeAndIsChecked() throws Exception {
        server.setDispatcher(
                new mockwebserver3.Dispatcher() {
                    private int calls;

                    @Override
                    public MockResponse dispatch(mockwebserver3.RecordedRequest request) {
                        calls++;
                        String range = request.getHeaders().get("Range");
                        int from =
                                range == null
                                        ? 0
                                        : Integer.parseInt(range.replaceAll("[^0-9]", ""));
                        byte[] rest = Arrays.copyOfRange(file, from, file.length);
                        return calls < 4
                                ? answer(rest)
                                        .code(from == 0 ? 200 : 206)
                                        .onResponseBody(SocketEffect.ShutdownConnection.INSTANCE)
                                        .build()
                                : answer(rest).code(206).build();
                    }
                });
        assertThat(client().exports().download(export(file), to, (_, _) -> true)).isTrue();
        assertThat(Files.readAllBytes(to)).isEqualTo(file);
        assertThat(server.getRequestCount()).isEqualTo(4);
        server.takeRequest();
        assertThat(server.takeRequest().getHeaders().get("If-Range"))
                .isEqualTo('"' + export(file).sha256() + '"');
        try (var left = Files.list(home)) {
            assertThat(left).containsExactly(to);
        }
    }

    @Test
    void whatAnEarlierDownloadLeftIsTakenUp() throws Exception {
        Path part =
                home.resolve(
                        "orders.csv."
                                + String.valueOf(export(file).sha256()).substring(0, 12)
                                + ".part");
        Files.write(part, Arrays.copyOf(file, 100_000));
        server.enqueue(answer(Arrays.copyOfRange(file, 100_000, BYTES)).code(206).build());
        assertThat(client().exports().download(export(file), to, (_, _) -> true)).isTrue();
        assertThat(server.takeRequest().getHeaders().get("Range")).isEqualTo("bytes=100000-");
        assertThat(Files.readAllBytes(to)).isEqualTo(file);
    }

    @Test
    void anotherFilesBytesAreThrownAway() throws Exception {
        byte[] changed = file.clone();
        changed[77]++;
        server.enqueue(answer(changed).build());
        Files.writeString(to, "what was there before");
        assertThatThrownBy(() -> client().exports().download(export(file), to, (_, _) -> true))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().detail())
                                        .contains("its checksum is", "thrown away"));
        assertThat(to).hasContent("what was there before");
        try (var left = Files.list(home)) {
            assertThat(left).containsExactly(to);
        }
    }

    @Test
    void stoppedItLeavesNothing() throws Exception {
        server.enqueue(answer(file).build());
        assertThat(client().exports().download(export(file), to, (done, _) -> done < 200_000))
                .isFalse();
        try (var left = Files.list(home)) {
            assertThat(left).isEmpty();
        }
    }

    /// Who presses Stop while the line is down does not wait for the last try.
    @Test
    void stoppedWhileNothingArrivesItAsksNoMoreAndLeavesNothing() throws Exception {
        server.setDispatcher(
                new mockwebserver3.Dispatcher() {
                    @Override
                    public MockResponse dispatch(mockwebserver3.RecordedRequest request) {
                        return request.getHeaders().get("Range") == null
                                ? answer(file)
                                        .onResponseBody(SocketEffect.ShutdownConnection.INSTANCE)
                                        .build()
                                : new MockResponse.Builder()
                                        .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
                                        .build();
                    }
                });
        // it is pressed after the first break
        DownloadProgress stopped = (_, _) -> server.getRequestCount() < 2;
        assertThat(client().exports().download(export(file), to, stopped)).isFalse();
        try (var left = Files.list(home)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aDiskThatIsFullIsSaidAndNotLeftFull() throws Exception {
        try (var disk = SmallDisk.mount(home.resolve("small"), 2)) {
            disk.fill(200_000);
            long free = Files.getFileStore(disk.folder()).getUsableSpace();
            server.enqueue(answer(file).build());
            Path there = disk.folder().resolve("orders.csv");
            assertThatThrownBy(
                            () -> client().exports().download(export(file), there, (_, _) -> true))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e ->
                                    assertThat(e.problem().detail())
                                            .contains("No space left", "Choose another place"));
            try (var left = Files.list(disk.folder())) {
                assertThat(left).containsExactly(disk.folder().resolve("filler"));
            }
            assertThat(Files.getFileStore(disk.folder()).getUsableSpace()).isEqualTo(free);

            disk.makeRoom();
            server.enqueue(answer(file).build());
            assertThat(client().exports().download(export(file), there, (_, _) -> true)).isTrue();
            assertThat(Files.readAllBytes(there)).isEqualTo(file);
        }
    }

    @Test
    void aRefusalIsTold() throws Exception {
        server.enqueue(
                new MockResponse.Builder()
                        .code(410)
                        .setHeader("Content-Type", "application/problem+json")
                        .body(
                                "{\"type\":\"urn:slipway:problem:expired\",\"title\":\"Expired\",\"status\":410,\"detail\":\"It has expired.\",\"id\":\"1\",\"errors\":[]}")
                        .build());
        assertThatThrownBy(() -> client().exports().download(export(file), to, (_, _) -> true))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().detail()).isEqualTo("It has expired."));
    }

    @Test
    void aPlaceThatCantBeWrittenIsTold() throws Exception {
        server.enqueue(answer(file).build());
        Path nowhere = home.resolve("no/such/orders.csv");
        assertThatThrownBy(() -> client().exports().download(export(file), nowhere, (_, _) -> true))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem()).isInstanceOf(Problem.NotWritten.class));
    }

    @Test
    void anEmptyFileIsAFile() throws Exception {
        assertThat(client().exports().download(export(new byte[0]), to, (_, _) -> true)).isTrue();
        assertThat(to).isEmptyFile();
    }
}
