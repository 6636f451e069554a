package dev.slipway.backend.invoicing;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// Reads mails back as a mail reader would.
final class Mails {
    private Mails() {}

    /// The SHA-256 of each attachment by `RECIPIENT NUMBER`; two for one are an error.
    static Map<String, String> attachments(Path folder) throws IOException, MessagingException {
        Map<String, String> found = new TreeMap<>();
        for (MimeMessage mail : in(folder)) {
            String name = ((Multipart) content(mail)).getBodyPart(1).getFileName();
            String key = mail.getRecipients(RecipientType.TO)[0] + " " + name.replace(".pdf", "");
            if (found.put(key, sha256(attachment(mail))) != null) {
                throw new AssertionError("two mails for " + key);
            }
        }
        return found;
    }

    /// How often each Message-ID went to a recipient.
    static Map<String, Long> count(Path folder, String recipient)
            throws IOException, MessagingException {
        Map<String, Long> count = new TreeMap<>();
        for (MimeMessage mail : in(folder)) {
            if (mail.getRecipients(RecipientType.TO)[0].toString().equals(recipient)) {
                count.merge(mail.getMessageID(), 1L, Long::sum);
            }
        }
        return count;
    }

    static byte[] attachment(MimeMessage mail) throws IOException, MessagingException {
        try (var in = ((Multipart) content(mail)).getBodyPart(1).getInputStream()) {
            return in.readAllBytes();
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Object content(MimeMessage mail) throws IOException, MessagingException {
        return mail.getContent();
    }

    private static List<MimeMessage> in(Path folder) throws IOException, MessagingException {
        List<MimeMessage> mails = new ArrayList<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".eml")).toList()) {
                try (var in = Files.newInputStream(file)) {
                    mails.add(new MimeMessage(Session.getInstance(new Properties()), in));
                }
            }
        }
        return mails;
    }
}
