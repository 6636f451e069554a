package dev.slipway.backend.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.testing.Kills;
import dev.slipway.testing.ServedBackend;
import dev.slipway.testing.SlipwayProcess;
import dev.slipway.testing.StubbornClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Days of invoices are drafted, released and mailed while the server and the worker are killed, at
/// any moment and in the middle of a release. What is there in the end is counted in the folders of
/// PDFs and mails, where nothing enforces anything.
class KilledInvoicingIT {
    private static final int KILLS = Kills.number(2);
    private static final int VENDORS = 60;
    private static final int MOST_DAYS = 100;
    private static final String RUNS = "/api/v1/invoice-runs";

    @TempDir Path home;
    private final Random random = Kills.random(getClass());
    private final List<LocalDate> days =
            Stream.iterate(LocalDate.now(ZoneOffset.UTC).minusDays(2), day -> day.minusDays(1))
                    .limit(MOST_DAYS)
                    .toList();

    /// Says that a release is about to be asked for.
    private final SynchronousQueue<LocalDate> releasing = new SynchronousQueue<>();

    @Test
    void nothingIsLostOrDoubled() throws Exception {
        sales();
        String more = InvoicingFixture.configuration(home, InvoicingFixture.FOLDER);
        try (var backend = ServedBackend.start(home, more.substring(more.indexOf('\n') + 1));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var client = new StubbornClient(backend.uri(), backend.token());
            var done = new AtomicBoolean();
            var kills = new AtomicInteger();
            Future<?> killer = threads.submit(() -> kill(backend, kills, done));
            List<JsonNode> invoices = new ArrayList<>();
            int day = 0;
            while (day < 2 || kills.get() < KILLS) {
                invoices.addAll(day(client, days.get(day++)));
            }
            done.set(true);
            killer.get();
            System.out.printf(
                    "killed server or worker %d times: %d days, %d invoices%n",
                    kills.get(), day, invoices.size());
            assertThat(client.get(RUNS + "?limit=1000").get("items")).hasSize(day);
            assertNothingLostOrDoubled(invoices);
        }
    }

    /// Kills one or the other, or the server in the middle of a release, as often as it was told
    /// to.
    private void kill(ServedBackend backend, AtomicInteger kills, AtomicBoolean done) {
        SlipwayProcess worker = null;
        try {
            worker = worker();
            while (!done.get()) {
                boolean release = releasing.poll(random.nextInt(3_000), MILLISECONDS) != null;
                if (kills.get() == KILLS || done.get()) {
                    continue;
                }
                if (release) {
                    LockSupport.parkNanos(MILLISECONDS.toNanos(random.nextInt(80)));
                }
                if (release || random.nextBoolean()) {
                    backend.kill();
                    backend.startAgain();
                } else {
                    worker.kill();
                    worker = worker();
                }
                kills.incrementAndGet();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            if (worker != null) {
                worker.close();
            }
        }
    }

    private SlipwayProcess worker() throws Exception {
        var worker = SlipwayProcess.start("worker", "--with-parent", "--home", home.toString());
        worker.awaitReady();
        return worker;
    }

    private List<JsonNode> day(StubbornClient client, LocalDate day) {
        var started = client.write("POST", RUNS, "{\"businessDate\":\"" + day + "\"}");
        assertThat(started.status()).as(started.body().toString()).isEqualTo(202);
        String run = RUNS + "/" + started.body().get("id").asText();
        await(client, run, "DRAFTED");
        releasing.offer(day);
        var released = client.write("POST", run + "/release", null);
        assertThat(released.status()).as(released.body().toString()).isEqualTo(202);
        await(client, run, "RELEASED");
        List<JsonNode> invoices = new ArrayList<>();
        client.get(run + "/invoices?limit=1000").get("items").forEach(invoices::add);
        assertThat(invoices).hasSize(VENDORS);
        return invoices;
    }

    private static void await(StubbornClient client, String run, String state) {
        long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (!client.get(run).get("state").asText().equals(state)) {
            assertThat(System.nanoTime()).as(state + " in time").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private void assertNothingLostOrDoubled(List<JsonNode> invoices) throws Exception {
        List<String> numbers = new ArrayList<>();
        Set<String> hashes = new TreeSet<>();
        Map<String, String> mailed = Mails.attachments(home.resolve("mail"));
        int sendable = 0;
        for (JsonNode invoice : invoices) {
            String number = invoice.get("number").asText();
            String sha256 = invoice.get("pdfSha256").asText();
            numbers.add(number);
            hashes.add(sha256);
            if (!invoice.get("mail").asText().equals("NOT_SENDABLE")) {
                sendable++;
                assertThat(invoice.get("mail").asText()).isEqualTo("SENT");
                assertThat(mailed.get(invoice.get("email").asText() + " " + number))
                        .isEqualTo(sha256);
            }
        }
        Collections.sort(numbers);
        List<String> wanted = new ArrayList<>();
        for (int i = 1; i <= invoices.size(); i++) {
            wanted.add(numbers.getFirst().replaceAll("\\d{6}$", "%06d".formatted(i)));
        }
        assertThat(numbers).isEqualTo(wanted);
        assertThat(mailed).hasSize(sendable);
        assertThat(files("mail", ".eml")).hasSize(sendable);
        // an archived file bears the hash of its bytes; a draft's may have been left by a kill
        List<String> archived = files("state/invoices", ".pdf");
        assertThat(archived).containsAll(hashes);
        assertThat(hashes).hasSameSizeAs(invoices);
    }

    private List<String> files(String folder, String end) throws Exception {
        try (Stream<Path> files = Files.walk(home.resolve(folder))) {
            List<String> names = new ArrayList<>();
            for (Path file : files.filter(f -> f.toString().endsWith(end)).toList()) {
                String name = file.getFileName().toString().replace(end, "");
                if (end.equals(".pdf") && !name.startsWith(".")) {
                    assertThat(Mails.sha256(Files.readAllBytes(file))).isEqualTo(name);
                }
                names.add(name);
            }
            return names;
        }
    }

    /// Every vendor sells something on each of the days.
    private void sales() throws SQLException {
        InvoicingFixture.shop(home, VENDORS, 10, 21);
        try (var shop = java.sql.DriverManager.getConnection(url());
                var statement = shop.createStatement()) {
            statement.executeUpdate("DELETE FROM order_lines");
            shop.setAutoCommit(false);
            int id = 0;
            for (LocalDate day : days) {
                for (int vendor = 1; vendor <= VENDORS; vendor++) {
                    InvoicingFixture.execute(
                            shop,
                            "INSERT INTO order_lines (id, order_id, sku, vendor_id, title, quantity,"
                                    + " total_cents, status, ordered_at)"
                                    + " VALUES (?, 1, ?, ?, 'Becher', 1, ?, 'shipped', ?)",
                            ++id,
                            "S" + id,
                            vendor,
                            1_000 + random.nextInt(90_000),
                            day + "T12:00:00Z");
                }
            }
            shop.commit();
        }
    }

    private String url() {
        return "jdbc:sqlite:" + home.resolve("shop.sqlite");
    }
}
