package dev.slipway.backend.invoicing;

import static dev.slipway.backend.invoicing.InvoicingFixture.DATE;
import static dev.slipway.backend.invoicing.InvoicingFixture.FOLDER;
import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.InvoiceRunState;
import dev.slipway.api.invoicing.MailState;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.store.Events;
import dev.slipway.testing.States;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

@ParameterizedClass
@EnumSource(States.class)
class InvoicingIT {
    private final States states;

    InvoicingIT(States states) {
        this.states = states;
    }

    /// Net and tax in cents by vendor, in SQL with whole numbers only: per order half up, tax once.
    private static final String LINES =
            """
            SELECT l.vendor_id AS vendor, v.country,
              (sum(l.total_cents) * coalesce(v.commission_basis_points, 1250) + 5000) / 10000 AS net
            FROM order_lines l JOIN vendors v ON v.id = l.vendor_id
            WHERE l.ordered_at >= '2026-11-19T23:00:00Z' AND l.ordered_at < '2026-11-20T23:00:00Z'
              AND l.status <> 'cancelled'
            GROUP BY l.vendor_id, v.country, l.order_id
            """;

    private static final String EXPECTED =
            "WITH line AS ("
                    + LINES
                    + """
            )
            SELECT vendor, sum(net) AS net,
              CASE country WHEN 'DE' THEN (sum(net) * 19 + 50) / 100 ELSE 0 END AS tax
            FROM line GROUP BY vendor, country""";

    @TempDir Path home;

    @Test
    void totalsAreThoseThatSqlComputes() throws Exception {
        InvoicingFixture.shop(home, 40, 300, 1);
        try (var fixture = new InvoicingFixture(states, home, FOLDER);
                var shop = fixture.shop()) {
            Map<String, String> expected = new TreeMap<>();
            long net = 0;
            long tax = 0;
            try (var rows = shop.createStatement().executeQuery(EXPECTED)) {
                while (rows.next()) {
                    expected.put(
                            rows.getString("vendor"),
                            BigDecimal.valueOf(rows.getLong("net"), 2)
                                    + " + "
                                    + BigDecimal.valueOf(rows.getLong("tax"), 2));
                    net += rows.getLong("net");
                    tax += rows.getLong("tax");
                }
            }
            InvoiceRun run = fixture.drafted(DATE);
            Map<String, String> drafted = new TreeMap<>();
            for (Invoice invoice : fixture.invoices(run.id())) {
                drafted.put(invoice.vendorKey(), invoice.net() + " + " + invoice.tax());
                assertThat(invoice.gross()).isEqualTo(invoice.net().add(invoice.tax()));
                assertThat(invoice.number()).isNull();
                assertThat(invoice.draft()).isTrue();
            }
            assertThat(expected).hasSizeGreaterThan(20);
            assertThat(drafted).isEqualTo(expected);
            assertThat(run.net()).isEqualByComparingTo(BigDecimal.valueOf(net, 2));
            assertThat(run.tax()).isEqualByComparingTo(BigDecimal.valueOf(tax, 2));
            assertThat(run.gross()).isEqualByComparingTo(BigDecimal.valueOf(net + tax, 2));
        }
    }

    @Test
    void theBytesPreviewedArchivedAndSentAreTheSame() throws Exception {
        InvoicingFixture.shop(home, 20, 60, 2);
        try (var fixture = new InvoicingFixture(states, home, FOLDER)) {
            InvoiceRun run = fixture.released(DATE);
            Map<String, String> attached = Mails.attachments(home.resolve("mail"));
            int sent = 0;
            for (Invoice invoice : fixture.invoices(run.id())) {
                byte[] previewed = fixture.service.pdf(invoice);
                assertThat(Mails.sha256(previewed)).isEqualTo(invoice.pdfSha256());
                assertThat(Integer.valueOf(previewed.length)).isEqualTo(invoice.pdfBytes());
                if (invoice.email() == null) {
                    assertThat(invoice.mail()).isEqualTo(MailState.NOT_SENDABLE);
                    assertThat(invoice.mailReason()).contains("no e-mail address");
                } else {
                    sent++;
                    assertThat(invoice.mail()).isEqualTo(MailState.SENT);
                    assertThat(attached.get(invoice.email() + " " + invoice.number()))
                            .isEqualTo(invoice.pdfSha256());
                }
            }
            assertThat(attached).hasSize(sent);
            assertThat(run.sent()).isEqualTo(sent);
            assertThat(run.notSendable()).isEqualTo(run.invoices() - sent).isPositive();
        }
    }

    @Test
    void numbersAreGaplessWhenPeoplePressAtOnce() throws Exception {
        InvoicingFixture.shop(home, 30, 200, 3);
        try (var fixture = new InvoicingFixture(states, home, FOLDER);
                var pool = Executors.newFixedThreadPool(6)) {
            List<String> runs = new ArrayList<>();
            for (LocalDate date : List.of(DATE.minusDays(1), DATE, DATE.plusDays(1))) {
                runs.add(fixture.drafted(date).id());
            }
            List<Callable<Integer>> presses = new ArrayList<>();
            for (String run : runs) {
                presses.add(() -> press(fixture, run));
                presses.add(() -> press(fixture, run));
            }
            int refused = 0;
            for (var press : pool.invokeAll(presses)) {
                refused += press.get();
            }
            assertThat(refused).isEqualTo(3);
            assertNumbersAreGapless(fixture, runs);
            for (String run : runs) {
                eventually("released", () -> fixture.run(run).state() == InvoiceRunState.RELEASED);
            }
        }
    }

    @Test
    void aReleaseThatBreaksHalfWayLeavesNoGap() throws Exception {
        InvoicingFixture.shop(home, 10, 60, 4);
        try (var fixture = new InvoicingFixture(states, home, FOLDER)) {
            InvoiceRun run = fixture.drafted(DATE);
            Events healthy = fixture.events.get();
            var left = new AtomicInteger(9);
            fixture.events.set(
                    (handle, kind, id, value) -> {
                        if (left.getAndDecrement() == 0) {
                            throw new IllegalStateException("the disk is full");
                        }
                        healthy.publish(handle, kind, id, value);
                    });
            assertThatThrownBy(() -> fixture.done(fixture.service.release(run.id(), "fin")))
                    .hasMessageContaining("the disk is full");
            assertThat(left).hasNegativeValue();
            fixture.events.set(healthy);
            assertThat(fixture.run(run.id()).state()).isEqualTo(InvoiceRunState.DRAFTED);
            assertThat(fixture.invoices(run.id())).allMatch(i -> i.number() == null);

            fixture.done(fixture.service.release(run.id(), "fin"));
            assertNumbersAreGapless(fixture, List.of(run.id()));
        }
    }

    @Test
    void aDateHasOneRunUnlessTheEarlierWasDiscarded() throws Exception {
        InvoicingFixture.shop(home, 5, 20, 5);
        try (var fixture = new InvoicingFixture(states, home, FOLDER)) {
            InvoiceRun first = fixture.drafted(DATE);
            assertThatThrownBy(() -> fixture.done(fixture.service.start(DATE, "fin")))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining(first.id());
            fixture.done(fixture.service.discard(first.id(), "wrong rates"));
            assertThatThrownBy(() -> fixture.done(fixture.service.release(first.id(), "fin")))
                    .isInstanceOf(Refused.class);

            InvoiceRun second = fixture.released(DATE);
            assertThat(second.id()).isNotEqualTo(first.id());
            assertThatThrownBy(() -> fixture.done(fixture.service.discard(second.id(), "too late")))
                    .isInstanceOf(Refused.class);
            assertThatThrownBy(() -> fixture.done(fixture.service.start(DATE, "fin")))
                    .isInstanceOf(Refused.class);
            assertThatThrownBy(() -> fixture.done(fixture.service.start(DATE.plusDays(2), "fin")))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("still to come");
            assertNumbersAreGapless(fixture, List.of(second.id()));
        }
    }

    @Test
    void resendingIsANewVersionToTheAddressThatTheShopHasNow() throws Exception {
        InvoicingFixture.shop(home, 7, 20, 6);
        try (var fixture = new InvoicingFixture(states, home, FOLDER)) {
            InvoiceRun run = fixture.released(DATE);
            Invoice unsendable =
                    fixture.invoices(run.id()).stream()
                            .filter(i -> i.email() == null)
                            .findFirst()
                            .orElseThrow();
            assertThatThrownBy(() -> fixture.done(fixture.service.resend(unsendable.id(), "fin")))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("no e-mail address");
            try (var shop = fixture.shop()) {
                InvoicingFixture.execute(
                        shop,
                        "UPDATE vendors SET email = 'new@vendor.example' WHERE id = ?",
                        unsendable.vendorKey());
            }
            fixture.done(fixture.service.resend(unsendable.id(), "fin"));
            eventually("sent", () -> mail(fixture, unsendable.id()) == MailState.SENT);
            fixture.done(fixture.service.resend(unsendable.id(), "fin"));
            eventually("sent again", () -> mail(fixture, unsendable.id()) == MailState.SENT);

            Map<String, Long> versions = Mails.count(home.resolve("mail"), "new@vendor.example");
            assertThat(versions).hasSize(2).allSatisfy((_, n) -> assertThat(n).isEqualTo(1));
            Invoice now = fixture.service.invoice(unsendable.id()).orElseThrow();
            assertThat(now.pdfSha256()).isEqualTo(unsendable.pdfSha256());
            assertThat(fixture.run(run.id()).notSendable()).isZero();
        }
    }

    @Test
    void anArchivedInvoiceIsNeverRenderedAgain() throws Exception {
        InvoicingFixture.shop(home, 3, 10, 7);
        try (var fixture = new InvoicingFixture(states, home, FOLDER)) {
            InvoiceRun run = fixture.released(DATE);
            Invoice invoice = fixture.invoices(run.id()).getFirst();
            assertThatThrownBy(
                            () ->
                                    fixture.store.writing(
                                            h ->
                                                    h.execute(
                                                            "UPDATE invoice SET pdf_sha256 = 'x'"
                                                                    + " WHERE id = ?",
                                                            invoice.id())))
                    .rootCause()
                    .hasMessageContaining("not changed");
            Path file;
            try (var files = Files.walk(home.resolve("state/invoices"))) {
                file =
                        files.filter(
                                        f ->
                                                f.toString()
                                                        .contains(
                                                                String.valueOf(
                                                                        invoice.pdfSha256())))
                                .findFirst()
                                .orElseThrow();
            }
            Files.writeString(file, "forged");
            assertThatThrownBy(() -> fixture.service.pdf(invoice))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("has been changed");
        }
    }

    @Test
    void aQueryThatDoesNotFitFailsTheRunWithTheReason() throws Exception {
        InvoicingFixture.shop(home, 3, 10, 8);
        try (var fixture = new InvoicingFixture(states, home, FOLDER);
                var shop = fixture.shop()) {
            InvoicingFixture.execute(shop, "ALTER TABLE vendors RENAME COLUMN name TO label");
            InvoiceRun run = fixture.done(fixture.service.start(DATE, "fin"));
            // the first attempt is worth another one: the database may be back by then
            eventually(
                    "failed once",
                    () ->
                            fixture.store.read(
                                    h ->
                                            h.createQuery(
                                                                    "SELECT count(*) FROM job WHERE"
                                                                            + " error LIKE '%can''t"
                                                                            + " be read%'")
                                                            .mapTo(Integer.class)
                                                            .one()
                                                    == 1));
            InvoicingFixture.execute(shop, "ALTER TABLE vendors RENAME COLUMN label TO name");
            eventually("drafted", () -> fixture.run(run.id()).state() == InvoiceRunState.DRAFTED);
        }
    }

    @Test
    void ordersOfTheSameNumberKeepTheirOwnLines() throws Exception {
        InvoicingFixture.shop(home, 4, 60, 9);
        try (var fixture = new InvoicingFixture(states, home, FOLDER);
                var shop = fixture.shop()) {
            InvoicingFixture.execute(shop, "UPDATE orders SET number = 'SO-1'");
            long lines = 0;
            long net = 0;
            try (var rows =
                    shop.createStatement()
                            .executeQuery("SELECT count(*), sum(net) FROM (" + LINES + ")")) {
                lines = rows.getLong(1);
                net = rows.getLong(2);
            }
            InvoiceRun run = fixture.drafted(DATE);
            List<Invoice> invoices = fixture.invoices(run.id());
            assertThat(invoices.stream().mapToLong(Invoice::lines).sum())
                    .isEqualTo(lines)
                    .isGreaterThan(invoices.size());
            assertThat(run.net()).isEqualByComparingTo(BigDecimal.valueOf(net, 2));
            assertThat(run.remarks()).anyMatch(r -> r.startsWith("Several orders bear the same"));
        }
    }

    @Test
    void aNameThatTheFontLacksIsToldBeforeRelease() throws Exception {
        InvoicingFixture.shop(home, 3, 10, 10);
        try (var fixture = new InvoicingFixture(states, home, FOLDER);
                var shop = fixture.shop()) {
            InvoicingFixture.execute(shop, "UPDATE vendors SET name = '山田 Tee' WHERE id = 2");
            assertThat(fixture.drafted(DATE).remarks())
                    .contains(
                            "Printed as ?, since the invoices' font has no such character:"
                                    + " 山田 Tee (山田).");
        }
    }

    private static int press(InvoicingFixture fixture, String run) {
        try {
            fixture.done(fixture.service.release(run, "fin"));
            return 0;
        } catch (Refused e) {
            return 1;
        }
    }

    private static MailState mail(InvoicingFixture fixture, String id) {
        return fixture.service.invoice(id).orElseThrow().mail();
    }

    private static void assertNumbersAreGapless(InvoicingFixture fixture, List<String> runs) {
        List<String> numbers =
                runs.stream()
                        .flatMap(run -> fixture.invoices(run).stream())
                        .map(i -> String.valueOf(i.number()))
                        .sorted()
                        .toList();
        assertThat(numbers).isNotEmpty();
        assertThat(numbers)
                .isEqualTo(
                        IntStream.rangeClosed(1, numbers.size())
                                .mapToObj("INV-2026-%06d"::formatted)
                                .toList());
    }
}
