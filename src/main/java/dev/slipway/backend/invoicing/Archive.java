package dev.slipway.backend.invoicing;

import dev.slipway.backend.store.Folder;
import dev.slipway.backend.store.OwnerOnly;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// PDFs in a folder, each under the SHA-256 of its bytes: what is archived can't be changed
/// unnoticed, and putting it there twice is the same as once.
public final class Archive {
    private final Path folder;

    public Archive(Path folder) {
        this.folder = folder;
    }

    /// Keeps a PDF. When this returns it is on the disk.
    ///
    /// @return its SHA-256, hexadecimal
    public String put(byte[] pdf) throws IOException {
        String sha256 = sha256(pdf);
        Path file = file(sha256);
        if (Files.exists(file)) {
            return sha256;
        }
        OwnerOnly.folder(file.resolveSibling(""));
        Path draft = Files.createTempFile(file.resolveSibling(""), ".new", ".pdf");
        try {
            try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(pdf);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            Folder.force(file.resolveSibling(""));
        } finally {
            Files.deleteIfExists(draft);
        }
        return sha256;
    }

    /// @throws IOException also when the bytes are no longer those that were put
    public byte[] get(String sha256) throws IOException {
        byte[] pdf = Files.readAllBytes(file(sha256));
        if (!sha256(pdf).equals(sha256)) {
            throw new IOException("the archived file " + file(sha256) + " has been changed");
        }
        return pdf;
    }

    /// Forgets a draft.
    void remove(String sha256) throws IOException {
        Files.deleteIfExists(file(sha256));
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path file(String sha256) {
        return folder.resolve(sha256.substring(0, 2)).resolve(sha256 + ".pdf");
    }
}
