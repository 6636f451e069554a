package dev.slipway.backend.invoicing.mail;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

import java.io.OutputStream;
import java.time.Duration;
import java.util.Properties;

/// Sends mails over SMTP. The moment from which nobody can know whether a mail arrived begins just
/// before the command DATA; a refusal with a code ends it, a broken connection does not.
public final class SmtpMailer implements Mailer {
    private final Settings settings;
    private final Session session;
    private final Envelope envelope;

    /// How the connection is protected.
    public enum Security {
        NONE,
        STARTTLS,
        TLS
    }

    /// Where the server is.
    ///
    /// @param user empty if the server wants no log-in
    /// @param timeout of connecting, and of each answer
    public record Settings(
            String host,
            int port,
            String user,
            String password,
            Security security,
            Duration timeout) {
        @Override
        public String toString() {
            return "smtp " + host + ":" + port;
        }
    }

    SmtpMailer(Settings settings, InternetAddress from) {
        this.settings = settings;
        this.session = Session.getInstance(properties(settings));
        this.envelope = new Envelope(session, from);
    }

    @Override
    public Outcome send(InvoiceMail mail, Handover handover) throws NotSent {
        var transport = new Transport(session, settings.security() == Security.TLS, handover);
        try {
            MimeMessage message = envelope.of(mail);
            transport.connect(
                    settings.host(),
                    settings.port(),
                    settings.user().isEmpty() ? null : settings.user(),
                    settings.password().isEmpty() ? null : settings.password());
            transport.sendMessage(message, new Address[] {new InternetAddress(mail.recipient())});
            return new Outcome.Accepted();
        } catch (MessagingException e) {
            return failed(transport, e);
        } finally {
            close(transport);
        }
    }

    @Override
    public String describe() {
        return settings.toString();
    }

    @Override
    public String domain() {
        return envelope.domain();
    }

    private Outcome failed(Transport transport, MessagingException e) throws NotSent {
        if (transport.yielded) {
            return new Outcome.Yielded();
        }
        int code = code(e);
        if (transport.handedOver && code < 400) {
            return new Outcome.Unknown(
                    "The connection to "
                            + settings
                            + " broke after the mail was handed over; it may have arrived.");
        }
        if (code >= 500 && !(e instanceof AuthenticationFailedException)) {
            return new Outcome.Rejected("The mail server refused it: " + reason(e));
        }
        throw new NotSent("Not sent over " + settings + ": " + reason(e), e);
    }

    /// The server's answer, or 0 if there was none.
    private static int code(MessagingException e) {
        for (Exception cause = e; cause != null; ) {
            int code =
                    switch (cause) {
                        case SMTPAddressFailedException address -> address.getReturnCode();
                        case SMTPSendFailedException send -> send.getReturnCode();
                        default -> 0;
                    };
            if (code >= 400) {
                return code;
            }
            cause = cause instanceof MessagingException m ? m.getNextException() : null;
        }
        return 0;
    }

    private static String reason(MessagingException e) {
        String deepest = String.valueOf(e.getMessage());
        for (Exception cause = e.getNextException(); cause != null; ) {
            deepest = String.valueOf(cause.getMessage());
            cause = cause instanceof MessagingException m ? m.getNextException() : null;
        }
        return deepest.strip().replaceAll("\\s+", " ");
    }

    private static void close(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException _) {
            // the outcome is known by now, whatever becomes of QUIT
        }
    }

    private static Properties properties(Settings settings) {
        String timeout = Long.toString(settings.timeout().toMillis());
        String prefix = settings.security() == Security.TLS ? "mail.smtps." : "mail.smtp.";
        var properties = new Properties();
        properties.put(prefix + "connectiontimeout", timeout);
        properties.put(prefix + "timeout", timeout);
        properties.put(prefix + "writetimeout", timeout);
        properties.put(prefix + "auth", Boolean.toString(!settings.user().isEmpty()));
        boolean starttls = settings.security() == Security.STARTTLS;
        properties.put(prefix + "starttls.enable", Boolean.toString(starttls));
        properties.put(prefix + "starttls.required", Boolean.toString(starttls));
        properties.put(prefix + "ssl.checkserveridentity", "true");
        properties.put(prefix + "quitwait", "false");
        return properties;
    }

    /// Asks at the gate before DATA.
    private static final class Transport extends SMTPTransport {
        private final Handover handover;
        private boolean handedOver;
        private boolean yielded;

        Transport(Session session, boolean tls, Handover handover) {
            super(
                    session,
                    new URLName(tls ? "smtps" : "smtp", null, -1, null, null, null),
                    tls ? "smtps" : "smtp",
                    tls);
            this.handover = handover;
        }

        @Override
        protected OutputStream data() throws MessagingException {
            if (!handover.begin()) {
                yielded = true;
                throw new MessagingException("someone else has begun to send this mail");
            }
            handedOver = true;
            return super.data();
        }
    }
}
