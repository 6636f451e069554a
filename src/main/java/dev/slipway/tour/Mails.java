package dev.slipway.tour;

import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads the mails of the sandbox as a vendor's mail program would.
final class Mails {
    private Mails() {}

    /// The SHA-256 of each mail's attachment, hexadecimal, by the mail's file.
    static Map<String, String> attachments(Path folder) throws Exception {
        Map<String, String> found = new TreeMap<>();
        List<Path> files;
        try (var all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".eml")).toList();
        }
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                found.put(file.getFileName().toString(), attachment(new MimeMessage(null, in)));
            }
        }
        return found;
    }

    private static String attachment(MimeMessage mail) throws Exception {
        if (mail.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                Part part = parts.getBodyPart(i);
                if (part.isMimeType("application/pdf")) {
                    return sha256(part.getInputStream().readAllBytes());
                }
            }
        }
        throw new IOException("the mail " + mail.getSubject() + " has no PDF");
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
