package dev.slipway.shop.cache;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/// An answer as it stands in Redis: a mark, the generation, how old it may get, a checksum, and the
/// answer. What is not of this form is not an answer.
///
/// @param generation what was current before it was worked out
/// @param total after which time it is gone: with what remains of it, Redis knows its age, whatever
///   the clocks of the processes say
record Entry(long generation, Duration total, byte[] answer) {
    private static final int MARK = 0x53_57_43_01;
    private static final int HEAD = 4 + 8 + 8 + 4;

    byte[] bytes() {
        var buffer = ByteBuffer.allocate(HEAD + answer.length);
        buffer.putInt(MARK).putLong(generation).putLong(total.toMillis()).putInt(sum(answer));
        return buffer.put(answer).array();
    }

    static Optional<Entry> of(byte[] bytes) {
        if (bytes.length < HEAD) {
            return Optional.empty();
        }
        var buffer = ByteBuffer.wrap(bytes);
        int mark = buffer.getInt();
        long generation = buffer.getLong();
        long millis = buffer.getLong();
        int sum = buffer.getInt();
        byte[] answer = Arrays.copyOfRange(bytes, HEAD, bytes.length);
        return mark == MARK && millis > 0 && sum == sum(answer)
                ? Optional.of(new Entry(generation, Duration.ofMillis(millis), answer))
                : Optional.empty();
    }

    private static int sum(byte[] answer) {
        var sum = new CRC32C();
        sum.update(answer);
        return (int) sum.getValue();
    }
}
