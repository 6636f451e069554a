package dev.slipway.console.exports;

import static dev.slipway.testing.Workplace.NOW;
import static dev.slipway.testing.Workplace.closed;
import static dev.slipway.testing.Workplace.rows;
import static dev.slipway.testing.Workplace.says;
import static dev.slipway.testing.Workplace.shows;
import static dev.slipway.testing.Workplace.text;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.Paths;
import dev.slipway.api.ProblemDetail;
import dev.slipway.api.access.Role;
import dev.slipway.api.events.Kind;
import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.ExportState;
import dev.slipway.client.offline.Document;
import dev.slipway.console.shell.Notices.Notice;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.MuchExports;
import dev.slipway.testing.Workplace;

import javafx.scene.Node;
import javafx.scene.input.KeyCode;

import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;

import okio.Buffer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Exports as finance staff have them: asked for, followed, cancelled, saved, by keyboard alone.
class ExportsScreenTest {
    private static final int RUNNING = 1;
    private static final int READY = 2;
    private static final int FAILED = 3;
    private static final String FILE = Paths.EXPORTS + "/export-002/file";
    private static final byte[] CONTENT =
            "order;total\n4711;12.50\n".repeat(20_000).getBytes(US_ASCII);

    @TempDir Path folder;
    private final MuchExports much = new MuchExports(NOW);
    private Workplace place;
    private ConsoleHarness console;
    private Path file;

    @BeforeEach
    void open() throws Exception {
        Files.createDirectories(folder.resolve("desk"));
        file = folder.resolve("desk").resolve("orders.csv");
        place = new Workplace(folder.resolve("console"));
        console = place.console();
        place.keep(
                Stream.concat(
                                much.all(6).stream().filter(e -> e.state() != ExportState.READY),
                                Stream.of(ready()))
                        .map(ExportsScreenTest::document)
                        .toList());
        console.online(Role.FINANCE);
        console.show(Screen.EXPORTS);
        console.await(place::isShown);
        console.await(() -> rows("table") == 6);
        console.files().choose(file);
    }

    @AfterEach
    void close() throws Exception {
        place.close();
    }

    /// One whose file is what the backend gives out.
    private Export ready() throws Exception {
        Export e = much.export(READY, ExportState.READY);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(CONTENT);
        return new Export(
                e.id(),
                e.what(),
                e.format(),
                e.which(),
                e.state(),
                e.startedBy(),
                e.createdAt(),
                e.startedAt(),
                e.endedAt(),
                e.jobId(),
                20_000,
                20_000L,
                null,
                e.asOf(),
                e.lastAsOf(),
                (long) CONTENT.length,
                HexFormat.of().formatHex(digest),
                e.expiresAt(),
                e.fileName(),
                null);
    }

    private String focused() {
        return String.valueOf(console.stage().getScene().getFocusOwner().getId());
    }

    private static Document document(Export export) {
        return Document.of(Kind.EXPORT, export.id(), export);
    }

    private void comes(Export export) throws Exception {
        console.store().take("2", List.of(document(export)));
        place.breathe();
    }

    private void choose(int row) throws Exception {
        place.keys().tabTo("table").press(KeyCode.HOME);
        for (int i = 0; i < row; i++) {
            place.keys().press(KeyCode.DOWN);
        }
    }

    private void save() throws Exception {
        choose(READY);
        console.await(() -> !closed("save"));
        place.keys().tabTo("save").press(KeyCode.SPACE);
    }

    private void informed(String words) throws Exception {
        console.await(
                () ->
                        console.wiring().context().notices().all().stream()
                                .anyMatch(
                                        notice ->
                                                notice instanceof Notice.Info info
                                                        && info.text().contains(words)));
    }

    private void troubled(String words) throws Exception {
        console.await(() -> says(words) && shows("notice-dismiss"));
        assertThat(place.troubles()).anyMatch(told -> told.contains(words));
    }

    private String help(String id) throws Exception {
        return String.valueOf(place.see(id, Node.class).getAccessibleHelp());
    }

    private List<String> onTheDesk() throws Exception {
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    private static MockResponse.Builder whole() {
        return new MockResponse.Builder().body(new Buffer().write(CONTENT));
    }

    private static ProblemDetail refusal(int status, String detail) {
        return new ProblemDetail("urn:x", "Refused", status, detail, "p-7", List.of());
    }

    @Test
    void aNewOneIsAskedForAndFollowedToItsEnd() throws Exception {
        Export fresh = much.export(7, ExportState.QUEUED);
        place.backend().answer("POST " + Paths.EXPORTS, 200, fresh);
        place.keys().tabTo("what").press(KeyCode.DOWN);
        place.keys().tabTo("format").press(KeyCode.DOWN);
        place.keys().tabTo("from").type("2026-11-02");
        place.keys().tabTo("to").type("2026-11-09");
        place.keys().tabTo("vendor").type(" 1204 ");
        console.await(
                () -> text("why").startsWith("Invoices, 2026-11-02 to 2026-11-09, vendor 1204"));
        place.keys().tabTo("start").press(KeyCode.SPACE);
        console.await(() -> place.backend().commands().size() == 1);

        String sent = place.backend().commands().getFirst();
        assertThat(sent).startsWith("POST " + Paths.EXPORTS + " ");
        JsonNode body = new ObjectMapper().readTree(sent.substring(sent.indexOf('{')));
        assertThat(body.path("what").asText()).isEqualTo("INVOICES");
        assertThat(body.path("format").asText()).isEqualTo("JSON_LINES");
        assertThat(body.at("/which/from").asText()).isEqualTo("2026-11-02");
        assertThat(body.at("/which/to").asText()).isEqualTo("2026-11-09");
        assertThat(body.at("/which/vendor").asText()).isEqualTo("1204");

        comes(fresh);
        console.await(() -> rows("table") == 7 && says("waits for a worker"));
        comes(much.export(7, ExportState.RUNNING));
        console.await(() -> says("402,117 of 1,204,311, 84 s left"));
        comes(much.export(7, ExportState.READY));
        place.keys().tabTo("table").press(KeyCode.END);
        console.await(() -> text("details").contains("SHA-256 9f86d081884c7d659a2f"));
        assertThat(closed("save")).isFalse();
        assertThat(closed("cancel")).isTrue();
    }

    @Test
    void whatIsNoDateIsSaidAndNothingIsSent() throws Exception {
        place.keys().tabTo("from").type("tomorrow");
        console.await(() -> text("why").contains("“tomorrow” is no date; write 2026-11-22."));
        assertThat(closed("start")).isTrue();
        place.keys().press(KeyCode.A, KeyCode.CONTROL).type("2026-11-09");
        place.keys().tabTo("to").type("2026-11-02");
        console.await(() -> text("why").contains("The last date is before the first."));
        assertThat(closed("start")).isTrue();
        place.keys().press(KeyCode.A, KeyCode.CONTROL).type("2026-11-10");
        console.await(() -> !closed("start"));

        assertThat(place.backend().commands()).isEmpty();
    }

    @Test
    void oneThatIsWrittenIsCancelledAlsoAtTheSecondTry() throws Exception {
        String cancel = "POST " + Paths.EXPORTS + "/export-001/cancel";
        place.backend().answer(cancel, 409, refusal(409, "Someone was faster."));
        choose(RUNNING);
        console.await(() -> !closed("cancel"));
        place.keys().tabTo("cancel").press(KeyCode.SPACE);
        troubled("Someone was faster.");
        console.await(() -> !closed("cancel"));
        assertThat(ConsoleHarness.onUi(() -> says("402,117 of 1,204,311, 84 s left"))).isTrue();

        Export cancelled = much.export(RUNNING, ExportState.CANCELLED);
        place.backend().answer(cancel, 200, cancelled);
        place.keys().tabTo("cancel").press(KeyCode.SPACE);
        console.await(() -> place.backend().commands().size() == 2);
        comes(cancelled);
        console.await(() -> closed("cancel"));
        assertThat(help("cancel")).contains("It is not being written.");
        assertThat(place.backend().commands()).allMatch(sent -> sent.startsWith(cancel));
    }

    @Test
    void oneThatFailedSaysWhyAndHasNoFile() throws Exception {
        choose(FAILED);
        console.await(() -> text("details").contains("The disk of the folder"));
        assertThat(text("details")).contains("Nothing of the file is kept");
        assertThat(closed("save")).isTrue();
        assertThat(help("save")).contains("It has no file that could be saved.");
        assertThat(closed("cancel")).isTrue();
        assertThat(closed("delete")).isFalse();
    }

    @Test
    void oneIsDeletedOnlyWhenThatIsConfirmed() throws Exception {
        String delete = "DELETE " + Paths.EXPORTS + "/export-002";
        place.backend().answer(delete, 200, much.export(READY, ExportState.EXPIRED));
        choose(READY);
        console.await(() -> !closed("delete"));
        place.keys().tabTo("delete").press(KeyCode.SPACE);
        place.asked();
        place.keys().press(KeyCode.ESCAPE);
        console.await(() -> !shows("confirm-act"));
        place.breathe();
        assertThat(place.backend().commands()).isEmpty();

        place.keys().tabTo("delete").press(KeyCode.SPACE);
        place.asked();
        place.keys().tabTo("confirm-act").press(KeyCode.SPACE);
        console.await(() -> place.backend().commands().size() == 1);
        assertThat(place.backend().commands().getFirst()).startsWith(delete);
        comes(much.export(READY, ExportState.EXPIRED));
        console.await(() -> says("its file was deleted") && closed("save"));
    }

    @Test
    void aFileIsSavedWholeAlsoWhenTheLineBreaks() throws Exception {
        Files.writeString(file, "of last week");
        var asked = new AtomicInteger();
        place.backend()
                .on(
                        "GET",
                        FILE,
                        request -> {
                            if (asked.incrementAndGet() == 1) {
                                return whole().onResponseBody(
                                                SocketEffect.ShutdownConnection.INSTANCE)
                                        .build();
                            }
                            String range = request.getHeaders().get("Range");
                            int from =
                                    range == null
                                            ? 0
                                            : Integer.parseInt(range.replaceAll("[^0-9]", ""));
                            byte[] rest = Arrays.copyOfRange(CONTENT, from, CONTENT.length);
                            return new MockResponse.Builder()
                                    .code(from == 0 ? 200 : 206)
                                    .body(new Buffer().write(rest))
                                    .build();
                        });

        save();

        informed("Saved as " + file + "; its checksum is right.");
        assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
        assertThat(onTheDesk()).containsExactly("orders.csv");
        assertThat(asked.get()).isGreaterThan(1);
        assertThat(place.troubles()).isEmpty();
        console.await(() -> !shows("stop") && !closed("save"));
    }

    @Test
    void whatCouldNotBeSavedIsSaidAndWhatWasThereStays() throws Exception {
        Files.writeString(file, "of last week");
        place.backend()
                .answer("GET " + FILE, 410, refusal(410, "It has expired, ask for it anew."));
        save();
        troubled("It has expired, ask for it anew.");

        place.backend()
                .on(
                        "GET",
                        FILE,
                        _ ->
                                new MockResponse.Builder()
                                        .body(new Buffer().write(new byte[CONTENT.length]))
                                        .build());
        save();
        troubled("What arrived is not the export");

        place.backend()
                .on(
                        "GET",
                        FILE,
                        _ ->
                                new MockResponse.Builder()
                                        .onResponseStart(new SocketEffect.CloseSocket())
                                        .build());
        save();
        troubled("can't be reached");
        assertThat(Files.readString(file)).isEqualTo("of last week");
        assertThat(onTheDesk()).containsExactly("orders.csv");

        place.backend().on("GET", FILE, _ -> whole().build());
        save();
        informed("Saved as " + file);
        assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
    }

    @Test
    void aDownloadIsStoppedAndLeavesNothing() throws Exception {
        place.backend()
                .on(
                        "GET",
                        FILE,
                        _ -> whole().throttleBody(1_000, 100, TimeUnit.MILLISECONDS).build());
        save();
        console.await(() -> shows("stop") && text("arrivedText").startsWith("orders.csv: "));
        assertThat(closed("save")).isTrue();
        assertThat(help("save")).contains("A download is under way.");
        console.await(() -> focused().equals("stop"));
        place.keys().press(KeyCode.SPACE);

        informed("The download was stopped; nothing was saved.");
        console.await(() -> !shows("stop") && !closed("save"));
        console.await(() -> focused().equals("table"));
        assertThat(onTheDesk()).isEmpty();
        assertThat(place.troubles()).isEmpty();
    }

    @Test
    void offlineTheListStaysAndNothingCanBeAskedFor() throws Exception {
        choose(READY);
        console.await(() -> !closed("save"));
        console.offline(Duration.ofSeconds(42));
        for (String button : List.of("start", "save", "delete", "cancel")) {
            console.await(() -> closed(button));
            assertThat(help(button)).contains("can't be reached");
        }
        assertThat(ConsoleHarness.onUi(() -> rows("table"))).isEqualTo(6);
        assertThat(text("details")).contains("orders-20261122-030405Z.csv");
        // what is filled in meanwhile is not lost
        place.keys().tabTo("vendor").type("1204");
        console.await(() -> text("why").contains("can't be reached"));
        console.online(Role.FINANCE);
        console.await(() -> !closed("start") && text("why").contains("vendor 1204"));
        assertThat(place.backend().commands()).isEmpty();
        assertThat(place.backend().requests("GET", FILE)).isEmpty();
    }

    @Test
    void pictures() throws Exception {
        choose(FAILED);
        console.picture("exports-failed");
        place.backend()
                .on(
                        "GET",
                        FILE,
                        _ -> whole().throttleBody(1_000, 100, TimeUnit.MILLISECONDS).build());
        save();
        console.await(() -> shows("stop"));
        console.picture("exports-saving");
        place.keys().tabTo("stop").press(KeyCode.SPACE);
        informed("The download was stopped");
        console.offline(Duration.ofSeconds(42));
        console.picture("exports-offline");
    }
}
