package dev.slipway.backend.tasks.export;

import dev.slipway.api.tasks.Export;
import dev.slipway.backend.http.Answer;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.Streamed;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sends a ready export's file, whole or one range of its bytes (RFC 9110), in bounded memory.
///
/// @param first of the bytes to send
/// @param last of the bytes to send
record Download(Export export, Path file, long first, long last, boolean part) {
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");
    private static final int AT_ONCE = 128 << 10;

    /// @param range the header `Range`; one that is not understood counts as none
    /// @param ifRange the header `If-Range`: another file's tag makes the range count as none
    /// @throws Refused 416 if the range begins behind the end
    static Download of(Export export, Path file, Optional<String> range, Optional<String> ifRange) {
        long bytes = bytes(export);
        Matcher asked = RANGE.matcher(range.orElse(""));
        boolean same = ifRange.map(tag -> tag.equals(tag(export))).orElse(true);
        if (!same || !asked.matches() || asked.group(1).isEmpty() && asked.group(2).isEmpty()) {
            return new Download(export, file, 0, bytes - 1, false);
        }
        boolean suffix = asked.group(1).isEmpty();
        long first =
                suffix
                        ? Math.max(0, bytes - Long.parseLong(asked.group(2)))
                        : Long.parseLong(asked.group(1));
        long last =
                suffix || asked.group(2).isEmpty()
                        ? bytes - 1
                        : Math.min(bytes - 1, Long.parseLong(asked.group(2)));
        if (first >= bytes || last < first) {
            throw new Refused(
                    416,
                    "range",
                    "The file has " + bytes + " bytes; none of them were asked for.",
                    List.of(),
                    Map.of("Content-Range", "bytes */" + bytes));
        }
        return new Download(export, file, first, last, true);
    }

    private static long bytes(Export export) {
        Long bytes = export.bytes();
        return bytes == null ? 0 : bytes;
    }

    static String tag(Export export) {
        return "\"" + export.sha256() + "\"";
    }

    Answer answer() {
        Map<String, String> headers = new TreeMap<>();
        headers.put("Content-Type", "application/octet-stream");
        headers.put("Content-Length", Long.toString(last - first + 1));
        headers.put("Accept-Ranges", "bytes");
        headers.put("ETag", tag(export));
        headers.put("Content-Disposition", "attachment; filename=\"" + export.fileName() + "\"");
        if (part) {
            headers.put("Content-Range", "bytes %d-%d/%d".formatted(first, last, bytes(export)));
        }
        Streamed body = this::write;
        return new Answer(part ? 206 : 200, body, headers);
    }

    private void write(OutputStream out) throws IOException {
        var buffer = ByteBuffer.allocate(AT_ONCE);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long at = first;
            while (at <= last) {
                buffer.clear().limit((int) Math.min(AT_ONCE, last - at + 1));
                int read = channel.read(buffer, at);
                if (read < 0) {
                    throw new EOFException("the file " + file + " is shorter than it was");
                }
                out.write(buffer.array(), 0, read);
                at += read;
            }
        }
    }
}
