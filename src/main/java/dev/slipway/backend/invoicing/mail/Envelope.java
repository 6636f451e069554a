package dev.slipway.backend.invoicing.mail;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;

import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.HexFormat;

/// Writes a mail as MIME. The same mail gives the same bytes: id, date and boundary are its own.
final class Envelope {
    private final Session session;
    private final InternetAddress from;

    Envelope(Session session, InternetAddress from) {
        this.session = session;
        this.from = from;
    }

    String domain() {
        String address = from.getAddress();
        return address.substring(address.indexOf('@') + 1);
    }

    MimeMessage of(InvoiceMail mail) throws MessagingException {
        var text = new MimeBodyPart();
        text.setText(mail.text(), StandardCharsets.UTF_8.name());
        text.setHeader("Content-Transfer-Encoding", "quoted-printable");
        var pdf = new MimeBodyPart();
        pdf.setDataHandler(new DataHandler(new ByteArrayDataSource(mail.pdf(), "application/pdf")));
        pdf.setFileName(mail.fileName());
        pdf.setHeader("Content-Transfer-Encoding", "base64");
        var parts = new Parts(mail.id());
        parts.addBodyPart(text);
        parts.addBodyPart(pdf);

        var message = new Letter(session, "<" + mail.id() + ">");
        message.setFrom(from);
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.recipient()));
        message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(mail.date()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setContent(parts);
        message.saveChanges();
        return message;
    }

    /// Keeps the Message-ID that saving would replace.
    private static final class Letter extends MimeMessage {
        private final String id;

        Letter(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    /// Has a boundary that follows from the mail and not from the time.
    private static final class Parts extends MimeMultipart {
        Parts(String id) throws MessagingException {
            super("mixed");
            var type = new ContentType(contentType);
            type.setParameter(
                    "boundary",
                    "=_" + HexFormat.of().toHexDigits(id.hashCode()).concat("_slipway"));
            contentType = type.toString();
        }
    }
}
