package dev.slipway.backend.invoicing;

import static dev.slipway.backend.invoicing.InvoicingFixture.DATE;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.Slipway;
import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRunState;
import dev.slipway.api.invoicing.MailState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// Worker processes killed in the middle of a run: nothing is lost, nothing doubled.
class InvoiceKillIT {
    private static final int KILLS = Integer.getInteger("slipway.kills", 2);

    @TempDir Path home;

    @Test
    void aRunWhoseWorkersAreKilledIsFinishedByTheNextOne() throws Exception {
        InvoicingFixture.shop(home, 150, 600, 21);
        var random = new Random(KILLS);
        try (var fixture = new InvoicingFixture(home, InvoicingFixture.FOLDER, 0)) {
            String run = fixture.done(fixture.service.start(DATE, "fin")).id();
            boolean released = false;
            for (int kill = 0; kill < KILLS; kill++) {
                Process worker = worker(kill);
                int before = progress(fixture, run);
                int more = 1 + random.nextInt(60);
                until(() -> progress(fixture, run) >= before + more || done(fixture, run), worker);
                worker.destroyForcibly().waitFor();
                if (!released && fixture.run(run).state() == InvoiceRunState.DRAFTED) {
                    fixture.done(fixture.service.release(run, "fin"));
                    released = true;
                }
            }
            Process last = worker(KILLS);
            if (!released) {
                until(() -> fixture.run(run).state() == InvoiceRunState.DRAFTED, last);
                fixture.done(fixture.service.release(run, "fin"));
            }
            until(() -> done(fixture, run), last);
            last.destroyForcibly().waitFor();
            assertNothingLostOrDoubled(fixture, run);
        }
    }

    private void assertNothingLostOrDoubled(InvoicingFixture fixture, String run) throws Exception {
        List<Invoice> invoices = fixture.invoices(run);
        assertThat(invoices).hasSize(fixture.run(run).invoices()).hasSizeGreaterThan(100);
        assertThat(invoices)
                .extracting(Invoice::number)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, invoices.size())
                                .mapToObj("INV-2026-%06d"::formatted)
                                .toList());
        Map<String, String> attached = Mails.attachments(home.resolve("mail"));
        int sendable = 0;
        for (Invoice invoice : invoices) {
            assertThat(invoice.draft()).isFalse();
            assertThat(Mails.sha256(fixture.service.pdf(invoice))).isEqualTo(invoice.pdfSha256());
            if (invoice.mail() != MailState.NOT_SENDABLE) {
                sendable++;
                assertThat(invoice.mail()).isEqualTo(MailState.SENT);
                assertThat(attached.get(invoice.email() + " " + invoice.number()))
                        .isEqualTo(invoice.pdfSha256());
            }
        }
        assertThat(attached).hasSize(sendable);
    }

    private static int progress(InvoicingFixture fixture, String run) {
        var now = fixture.run(run);
        return now.rendered() + now.sent();
    }

    private static boolean done(InvoicingFixture fixture, String run) {
        return fixture.run(run).state() == InvoiceRunState.RELEASED;
    }

    /// Leases last ten seconds, so a takeover takes longer than other waits.
    private static void until(BooleanSupplier condition, Process worker) {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(worker.isAlive()).isTrue();
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private Process worker(int number) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Slipway.class.getName(),
                        "worker",
                        "--with-parent",
                        "--home",
                        home.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("worker-" + number + ".log").toFile())
                .start();
    }
}
