package dev.slipway.backend.invoicing.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

import dev.slipway.backend.invoicing.mail.Mailer.NotSent;
import dev.slipway.backend.invoicing.mail.Mailer.Outcome;

import jakarta.mail.Multipart;
import jakarta.mail.internet.InternetAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

class SmtpMailerIT {
    private static final InvoiceMail MAIL =
            new InvoiceMail(
                    "INV-1.x.v1@slipway.example",
                    "INV-1",
                    "vendor@example.org",
                    "Rechnung für Ährenfeld",
                    "Guten Tag,\n.\nüber 12 €\n",
                    Instant.parse("2026-11-22T10:00:00Z"),
                    "INV-1.pdf",
                    new byte[] {0, 1, 2, '\r', '\n', '.', '\r', '\n', (byte) 0xff});

    private final AtomicInteger handovers = new AtomicInteger();

    @Test
    void aServerThatAcceptsGetsTheMailWhole() throws Exception {
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            server.setUser("finance", "secret");
            Outcome outcome =
                    mailer(server.getSmtp().getPort(), "finance").send(MAIL, this::handover);
            assertThat(outcome).isEqualTo(new Outcome.Accepted());
            assertThat(handovers).hasValue(1);
            assertThat(server.waitForIncomingEmail(5000, 1)).isTrue();
            var received = server.getReceivedMessages()[0];
            assertThat(received.getMessageID()).isEqualTo("<INV-1.x.v1@slipway.example>");
            assertThat(received.getSubject()).isEqualTo("Rechnung für Ährenfeld");
            assertThat(received.getSentDate()).isEqualTo("2026-11-22T10:00:00Z");
            var parts = (Multipart) received.getContent();
            assertThat(String.valueOf(parts.getBodyPart(0).getContent())).contains("über 12 €");
            assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("INV-1.pdf");
            assertThat(parts.getBodyPart(1).getInputStream().readAllBytes()).isEqualTo(MAIL.pdf());
        } finally {
            server.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({
        // where the dialogue breaks, the answer, what is known then, messages that came in whole
        "MAIL, '',                   not sent, 0",
        "RCPT, '',                   not sent, 0",
        "RCPT, 550 no such user,     rejected, 0",
        "RCPT, 451 try later,        not sent, 0",
        "DATA, '',                   unknown,  0",
        "DATA, 554 no,               rejected, 0",
        "DATA, 421 going down,       not sent, 0",
        ".,    '',                   unknown,  1",
        ".,    552 too big,          rejected, 1",
        ".,    452 disk full,        not sent, 1",
    })
    void knowsWhatCanBeKnownWhereverItBreaks(
            String command, String answer, String known, int messages) throws Exception {
        try (var server = new FakeSmtp(Map.of(command, answer))) {
            String outcome;
            try {
                outcome =
                        switch (mailer(server.port(), "").send(MAIL, this::handover)) {
                            case Outcome.Accepted() -> "accepted";
                            case Outcome.Rejected(String _) -> "rejected";
                            case Outcome.Unknown(String _) -> "unknown";
                            case Outcome.Yielded() -> "yielded";
                        };
            } catch (NotSent e) {
                outcome = "not sent";
            }
            assertThat(outcome).isEqualTo(known);
            assertThat(server.messages()).isEqualTo(messages);
            assertThat(server.dialogues()).isEqualTo(1);
        }
    }

    @Test
    void whoMayNotBeginSendsNothing() throws Exception {
        try (var server = new FakeSmtp(Map.of())) {
            assertThat(mailer(server.port(), "").send(MAIL, () -> false))
                    .isEqualTo(new Outcome.Yielded());
            assertThat(server.messages()).isZero();
        }
    }

    @Test
    void noServerMeansNotSent() {
        var gone = new FakeSmtp(Map.of());
        int port = gone.port();
        gone.close();
        assertThatThrownBy(() -> mailer(port, "").send(MAIL, this::handover))
                .isInstanceOf(NotSent.class);
        assertThat(handovers).hasValue(0);
    }

    private boolean handover() {
        handovers.incrementAndGet();
        return true;
    }

    private static Mailer mailer(int port, String user) throws Exception {
        return new SmtpMailer(
                new SmtpMailer.Settings(
                        "127.0.0.1",
                        port,
                        user,
                        user.isEmpty() ? "" : "secret",
                        SmtpMailer.Security.NONE,
                        Duration.ofSeconds(5)),
                new InternetAddress("Finance <finance@slipway.example>"));
    }
}
