package dev.slipway.backend.invoicing.mail;

import dev.slipway.backend.store.OwnerOnly;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/// "Sends" mails into a folder of .eml files. A file is there whole or not at all, and its name is
/// that of the mail, so sending again after a crash changes nothing.
public final class FolderMailer implements Mailer {
    private final Path folder;
    private final Envelope envelope;

    FolderMailer(Path folder, InternetAddress from) {
        this.folder = folder;
        this.envelope = new Envelope(Session.getInstance(new Properties()), from);
    }

    @Override
    public Outcome send(InvoiceMail mail, Handover handover) throws NotSent {
        try {
            OwnerOnly.folder(folder);
            Path file = folder.resolve(mail.name() + ".eml");
            if (!Files.exists(file)) {
                write(mail, file);
            }
            return new Outcome.Accepted();
        } catch (IOException e) {
            throw new NotSent("The folder of mails can't be written: " + e.getMessage(), e);
        } catch (MessagingException e) {
            return new Outcome.Rejected("The mail can't be written: " + e.getMessage());
        }
    }

    @Override
    public String describe() {
        return "folder " + folder;
    }

    @Override
    public String domain() {
        return envelope.domain();
    }

    private void write(InvoiceMail mail, Path file) throws IOException, MessagingException {
        Path draft = Files.createTempFile(folder, ".new", ".tmp");
        try {
            try (var out = Files.newOutputStream(draft)) {
                envelope.of(mail).writeTo(out);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
