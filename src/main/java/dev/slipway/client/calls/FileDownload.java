package dev.slipway.client.calls;

import dev.slipway.api.tasks.Export;
import dev.slipway.client.http.Calls;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;

import okhttp3.HttpUrl;
import okhttp3.Response;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Downloads an export's file: as it comes to the disk, on from where it broke, and under its name
/// only when its checksum is the one that the backend told.
///
/// Until then it is `NAME.<checksum>.part` beside it; what is left of it by a download that was cut
/// off is taken up by the next.
final class FileDownload {
    private static final int TRIES = 5;
    private static final int AT_ONCE = 64 << 10;
    private static final int NAMED = 12;

    private final Calls calls;
    private final HttpUrl url;
    private final long bytes;
    private final String sha256;
    private final Path to;
    private final Path part;
    private final DownloadProgress progress;

    /// @param export with a file
    FileDownload(Calls calls, HttpUrl url, Export export, Path to, DownloadProgress progress) {
        this.calls = calls;
        this.url = url;
        Long size = export.bytes();
        this.bytes = size == null ? 0 : size;
        this.sha256 = String.valueOf(export.sha256());
        this.to = to;
        this.part =
                to.resolveSibling(
                        to.getFileName()
                                + "."
                                + sha256.substring(0, Math.min(NAMED, sha256.length()))
                                + ".part");
        this.progress = progress;
    }

    /// Trouble on this machine, as opposed to the backend's or the network's.
    private static final class Local extends IOException {
        private static final long serialVersionUID = 1L;

        Local(IOException cause) {
            super(cause);
        }
    }

    /// @return false if it was stopped; nothing is left then
    /// @throws ProblemException if the backend refuses, stays away, or the file can't be written
    boolean run() throws ProblemException {
        try {
            return tried();
        } catch (Local e) {
            // a disk that is full is not to stay so for half a file that no one knows of
            dropped(e);
            throw notWritten(
                    "The file can't be written to %s: %s. Choose another place; what was there"
                                    .formatted(to.toAbsolutePath(), e.getCause())
                            + " before is unchanged.",
                    e);
        } catch (IOException e) {
            throw ProblemException.offline(e);
        }
    }

    private void dropped(Local cause) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private boolean tried() throws IOException, ProblemException {
        int left = TRIES;
        while (true) {
            long before = size();
            try {
                if (before < bytes && !more(before)) {
                    local(() -> Files.deleteIfExists(part));
                    return false;
                }
                break;
            } catch (Local e) {
                throw e;
            } catch (IOException e) {
                // who stopped it does not wait for the line to come back
                if (!progress.at(size(), bytes)) {
                    local(() -> Files.deleteIfExists(part));
                    return false;
                }
                // one that gets further each time may go on as long as it takes
                left = size() > before ? TRIES : left - 1;
                if (left == 0) {
                    throw e;
                }
            }
        }
        if (bytes == 0) {
            local(() -> Files.write(part, new byte[0]));
        }
        verify();
        local(() -> WholeFile.place(part, to));
        return true;
    }

    private long size() throws Local {
        try {
            return Files.exists(part) ? Files.size(part) : 0;
        } catch (IOException e) {
            throw new Local(e);
        }
    }

    /// Takes what is missing.
    private boolean more(long from) throws IOException, ProblemException {
        try (Response answer = calls.open(url, from, sha256)) {
            boolean on = answer.code() == 206;
            return take(answer.body().byteStream(), on ? from : 0, on);
        }
    }

    private boolean take(InputStream in, long from, boolean on) throws IOException {
        var mode = on ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        long at = from;
        byte[] buffer = new byte[AT_ONCE];
        try (OutputStream out = opened(mode)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!progress.at(at, bytes)) {
                    return false;
                }
                write(out, buffer, read);
                at += read;
            }
        }
        progress.at(at, bytes);
        if (at < bytes) {
            throw new IOException("the connection ended after " + at + " of " + bytes + " bytes");
        }
        return true;
    }

    private OutputStream opened(StandardOpenOption mode) throws Local {
        try {
            return Files.newOutputStream(
                    part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode);
        } catch (IOException e) {
            throw new Local(e);
        }
    }

    private static void write(OutputStream out, byte[] buffer, int length) throws Local {
        try {
            out.write(buffer, 0, length);
        } catch (IOException e) {
            throw new Local(e);
        }
    }

    /// Of what stands on the disk, not of what passed by.
    private void verify() throws Local, ProblemException {
        String found;
        try (var digest = new DigestOutputStream(OutputStream.nullOutputStream(), sha256())) {
            Files.copy(part, digest);
            found = HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (IOException e) {
            throw new Local(e);
        }
        if (!found.equals(sha256)) {
            local(() -> Files.deleteIfExists(part));
            throw notWritten(
                    "What arrived is not the export: its checksum is "
                            + found
                            + " instead of "
                            + sha256
                            + ". It was thrown away; download it again.",
                    null);
        }
    }

    private interface OnDisk {
        Object done() throws IOException;
    }

    private static void local(OnDisk work) throws Local {
        try {
            work.done();
        } catch (IOException e) {
            throw new Local(e);
        }
    }

    private static ProblemException notWritten(String detail, @Nullable Exception cause) {
        var problem = new Problem.NotWritten(detail);
        return cause == null ? new ProblemException(problem) : new ProblemException(problem, cause);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
