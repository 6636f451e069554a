package dev.slipway.backend.migration.source;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Rows in their order in a file that only this process can see and that does not outlive it, even
/// if it is killed: they are those of a shop's customers.
final class Spool implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int NULL = -1;

    private final Reading reading;
    private final KeyRange range;
    private final FileChannel file;
    private final List<@Nullable String[]> recent = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>();
    private DataInputStream in;
    private long at;
    private @Nullable String @Nullable [] before;

    private Spool(Reading reading, KeyRange range, FileChannel file) {
        this.reading = reading;
        this.range = range;
        this.file = file;
        this.in = new DataInputStream(Channels.newInputStream(file));
    }

    /// Fills one with all rows of a range.
    static Spool of(Source source, Reading reading, KeyRange range) throws SQLException {
        try {
            var path = Files.createTempFile("slipway-", ".rows");
            var file =
                    FileChannel.open(
                            path,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE);
            try {
                var out =
                        new DataOutputStream(
                                new BufferedOutputStream(Channels.newOutputStream(file), BUFFER));
                source.pass(reading, range, row -> write(out, row));
                out.flush();
            } catch (SQLException | IOException | RuntimeException e) {
                file.close();
                throw e;
            }
            return new Spool(reading, range, file);
        } catch (IOException e) {
            throw unkept(e);
        }
    }

    private static SQLException unkept(IOException e) {
        // a run that is stopped closes the file: that says nothing about the disk
        if (e instanceof ClosedChannelException) {
            return new SQLException(
                    "the run was stopped while rows were put in order; nothing of them is written",
                    e);
        }
        return new SQLException(
                "rows that no index puts in order can't be kept in the folder for temporary files, %s: %s; nothing of them is written. Make room there, or start with -Djava.io.tmpdir=…, and run it again"
                        .formatted(System.getProperty("java.io.tmpdir"), e.getMessage()),
                e);
    }

    private static void write(DataOutputStream out, @Nullable String[] row) throws SQLException {
        try {
            for (String cell : row) {
                if (cell == null) {
                    out.writeInt(NULL);
                } else {
                    boolean wide = cell.chars().anyMatch(c -> c > 0xFF);
                    byte[] bytes = wide ? units(cell) : cell.getBytes(StandardCharsets.ISO_8859_1);
                    out.writeInt(bytes.length);
                    out.writeBoolean(wide);
                    out.write(bytes);
                }
            }
        } catch (IOException e) {
            throw unkept(e);
        }
    }

    /// An encoder would replace half a surrogate pair, by which a byte that is no text is told.
    private static byte[] units(String cell) {
        var bytes = ByteBuffer.allocate(cell.length() * Character.BYTES);
        bytes.asCharBuffer().put(cell);
        return bytes.array();
    }

    /// Whether these rows are what is asked for, as far as is known without a look.
    boolean holds(Reading wanted, KeyRange part) {
        return reading.equals(wanted) && range.to().equals(part.to());
    }

    /// @return the rows after a key, or null if none of the rows has that key
    @Nullable List<@Nullable String[]> read(List<String> after, int limit) throws SQLException {
        try {
            if (!seek(after)) {
                return null;
            }
            recent.clear();
            ends.clear();
            while (recent.size() < limit && at < file.size()) {
                recent.add(next());
                ends.add(at);
            }
            return List.copyOf(recent);
        } catch (IOException e) {
            throw unkept(e);
        }
    }

    /// The row after which was read last, if it has that key.
    @Nullable String @Nullable [] last(List<String> key) {
        return before != null && reading.keyOf(before).equals(key) ? before : null;
    }

    private boolean seek(List<String> after) throws IOException {
        for (int i = recent.size() - 1; i >= 0; i--) {
            if (reading.keyOf(recent.get(i)).equals(after)) {
                before = recent.get(i);
                go(ends.get(i));
                return true;
            }
        }
        if (after.equals(range.after())) {
            before = null;
            go(0);
            return true;
        }
        long from = at;
        return found(after, file.size()) || back() && found(after, from);
    }

    private boolean back() throws IOException {
        go(0);
        return true;
    }

    private boolean found(List<String> key, long end) throws IOException {
        while (at < end) {
            @Nullable String[] row = next();
            if (reading.keyOf(row).equals(key)) {
                before = row;
                return true;
            }
        }
        return false;
    }

    private void go(long offset) throws IOException {
        if (offset != at || at == 0) {
            in =
                    new DataInputStream(
                            new BufferedInputStream(
                                    Channels.newInputStream(file.position(offset)), BUFFER));
            at = offset;
        }
    }

    private @Nullable String[] next() throws IOException {
        @Nullable String[] row = new @Nullable String[reading.columns().size()];
        for (int i = 0; i < row.length; i++) {
            int length = in.readInt();
            at += Integer.BYTES;
            if (length != NULL) {
                boolean wide = in.readBoolean();
                byte[] bytes = in.readNBytes(length);
                at += 1 + length;
                row[i] =
                        wide
                                ? ByteBuffer.wrap(bytes).asCharBuffer().toString()
                                : new String(bytes, StandardCharsets.ISO_8859_1);
            }
        }
        return row;
    }

    @Override
    public void close() throws SQLException {
        try {
            file.close();
        } catch (IOException e) {
            throw unkept(e);
        }
    }
}
