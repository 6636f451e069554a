package dev.slipway.backend.invoicing;

import static dev.slipway.backend.invoicing.InvoicingFixture.DATE;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.MailState;
import dev.slipway.backend.invoicing.mail.FakeSmtp;
import dev.slipway.testing.Eventually;
import dev.slipway.testing.States;

import jakarta.mail.Message.RecipientType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The outbox over a real SMTP dialogue, with the worker.
@ParameterizedClass
@EnumSource(States.class)
class OutboxIT {
    private final States states;

    @TempDir Path home;

    OutboxIT(States states) {
        this.states = states;
    }

    @Test
    void everyVendorWithAnAddressGetsExactlyOneMailWithTheArchivedBytes() throws Exception {
        InvoicingFixture.shop(home, 12, 40, 11);
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try (var fixture = new InvoicingFixture(states, home, smtp(server.getSmtp().getPort()))) {
            InvoiceRun run = fixture.released(DATE);
            Map<String, String> received = new HashMap<>();
            for (var mail : server.getReceivedMessages()) {
                String to = mail.getRecipients(RecipientType.TO)[0].toString();
                assertThat(received.put(to, Mails.sha256(Mails.attachment(mail)))).isNull();
            }
            Map<String, String> expected = new HashMap<>();
            for (Invoice invoice : fixture.invoices(run.id())) {
                if (invoice.email() != null) {
                    assertThat(invoice.mail()).isEqualTo(MailState.SENT);
                    expected.put(invoice.email(), invoice.pdfSha256());
                }
            }
            assertThat(received).isEqualTo(expected).isNotEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void aConnectionThatBreaksAfterTheMessageIsUnknownAndNeverRetriedByItself() throws Exception {
        InvoicingFixture.shop(home, 3, 10, 12);
        try (var server = new FakeSmtp(Map.of(".", FakeSmtp.HANG_UP));
                var fixture = new InvoicingFixture(states, home, smtp(server.port()))) {
            InvoiceRun run = fixture.released(DATE);
            assertThat(fixture.invoices(run.id()))
                    .isNotEmpty()
                    .allMatch(i -> i.mail() == MailState.UNKNOWN)
                    .allMatch(i -> String.valueOf(i.mailReason()).contains("may have arrived"));
            Eventually.eventually("jobs ended", () -> waiting(fixture) == 0);
            assertThat(server.messages()).isEqualTo(run.invoices());
            assertThat(run.failed()).isEqualTo(run.invoices());

            // a person decides to send one again: that is a new version, with its own outcome
            Invoice first = fixture.invoices(run.id()).getFirst();
            fixture.done(fixture.service.resend(first.id(), "fin"));
            Eventually.eventually("tried", () -> server.messages() == run.invoices() + 1);
        }
    }

    @Test
    void aWorkerThatDiedWhileSendingLeavesTheMailUnknown() throws Exception {
        InvoicingFixture.shop(home, 4, 20, 13);
        try (var server = new FakeSmtp(Map.of())) {
            String id;
            try (var dead = new InvoicingFixture(states, home, smtp(server.port()))) {
                InvoiceRun run = dead.drafted(DATE);
                id = dead.invoices(run.id()).getFirst().id();
            }
            try (var fixture = new InvoicingFixture(states, home, smtp(server.port()), 0)) {
                fixture.done(fixture.service.release(DATE + "-1", "fin"));
                // as a worker leaves it that is killed between the gate and the server's answer
                fixture.store.writing(h -> h.execute("UPDATE invoice_mail SET state = 'SENDING'"));
            }
            try (var fixture = new InvoicingFixture(states, home, smtp(server.port()))) {
                Eventually.eventually(
                        "unknown",
                        () ->
                                fixture.service.invoice(id).orElseThrow().mail()
                                        == MailState.UNKNOWN);
                assertThat(server.messages()).isZero();
            }
        }
    }

    private static int waiting(InvoicingFixture fixture) {
        return fixture.store.read(
                h ->
                        h.createQuery("SELECT count(*) FROM job WHERE due_at IS NOT NULL")
                                .mapTo(Integer.class)
                                .one());
    }

    private static String smtp(int port) {
        return """
               mail:
                 from: Finance <finance@slipway.example>
                 smtp: {host: 127.0.0.1, port: %d, security: none, timeout-seconds: 5}
               """
                .formatted(port);
    }
}
