package dev.slipway.backend.tasks.export.file;

import dev.slipway.backend.store.Folder;
import dev.slipway.backend.store.OwnerOnly;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A file that is being written, for its owner's eyes alone. It counts its bytes and takes their
/// SHA-256 as they pass. Closed before it is [#keep kept] it is deleted, unless something of it was
/// made [#durable].
public final class DraftFile implements AutoCloseable {
    private static final int BUFFER = 128 << 10;

    private final Path file;
    private final FileChannel channel;
    private final Counting counting;
    private boolean kept;
    private boolean durable;

    /// @param file not there yet; its folder is
    /// @throws IOException also if it is there
    public static DraftFile begin(Path file) throws IOException {
        Path made = OwnerOnly.file(file);
        return new DraftFile(made);
    }

    private DraftFile(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.WRITE);
        this.counting =
                new Counting(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
    }

    /// Where to write; closed by the draft alone.
    OutputStream stream() {
        return counting;
    }

    /// What was written so far, to be read.
    FileChannel readable() throws IOException {
        counting.flush();
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    /// Takes over the beginning of a file that was left, if it is still what it was.
    ///
    /// @param sha256 of its first bytes, as [#durable] told it
    /// @return false if it is not; then this draft is as it was when it was begun
    public boolean take(Path from, long bytes, String sha256) throws IOException {
        try (InputStream left = Files.newInputStream(from)) {
            byte[] buffer = new byte[BUFFER];
            while (counting.bytes < bytes) {
                int most = (int) Math.min(buffer.length, bytes - counting.bytes);
                int read = left.read(buffer, 0, most);
                if (read < 0) {
                    break;
                }
                counting.write(buffer, 0, read);
            }
        } catch (NoSuchFileException _) {
            return false;
        }
        boolean same = counting.bytes == bytes && counting.soFar().equals(sha256);
        if (!same) {
            restart();
        }
        return same;
    }

    /// Puts what was written so far on the disk. From then on the file stays when it is closed.
    public Kept durable() throws IOException {
        counting.flush();
        channel.force(true);
        durable = true;
        return new Kept(counting.bytes, counting.soFar());
    }

    /// Throws away what was written so far.
    public void restart() throws IOException {
        counting.flush();
        channel.truncate(0);
        counting.reset();
        durable = false;
    }

    /// Its name in its folder while it is written.
    public String name() {
        return String.valueOf(file.getFileName());
    }

    /// How many bytes were written so far.
    long bytes() {
        return counting.bytes;
    }

    /// What is kept.
    ///
    /// @param sha256 hexadecimal
    public record Kept(long bytes, String sha256) {}

    /// Makes it a whole file under another name, all at once. When this returns it is on the disk.
    public Kept keep(Path as) throws IOException {
        counting.flush();
        channel.force(true);
        channel.close();
        Files.move(file, as, StandardCopyOption.ATOMIC_MOVE);
        Folder.force(as.toAbsolutePath().resolveSibling(""));
        kept = true;
        return new Kept(counting.bytes, HexFormat.of().formatHex(counting.sha256.digest()));
    }

    @Override
    public void close() throws IOException {
        if (!kept) {
            channel.close();
            if (!durable) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static final class Counting extends OutputStream {
        private final OutputStream to;
        private final MessageDigest sha256 = sha256();
        private long bytes;

        Counting(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] data, int offset, int length) throws IOException {
            to.write(data, offset, length);
            sha256.update(data, offset, length);
            bytes += length;
        }

        @Override
        public void flush() throws IOException {
            to.flush();
        }

        /// Of the bytes so far; more may follow.
        String soFar() {
            try {
                var copy = (MessageDigest) sha256.clone();
                return HexFormat.of().formatHex(copy.digest());
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
            }
        }

        void reset() {
            sha256.reset();
            bytes = 0;
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }
}
