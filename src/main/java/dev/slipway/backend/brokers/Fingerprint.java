package dev.slipway.backend.brokers;

import dev.slipway.api.brokers.Death;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/// Names a message by what it holds, since a broker gives it no name: the same whether it was
/// looked at over HTTP or taken over AMQP. Copies of a message have the same.
final class Fingerprint {
    private static final int HEAD = 4_096;
    private static final int CHARACTERS = 32;

    private Fingerprint() {}

    /// @param head the payload's first bytes, at least 4096 of them if there are so many
    /// @param bytes the payload's length
    static String of(
            byte[] head,
            long bytes,
            String exchange,
            String routingKey,
            String messageId,
            String correlationId,
            @Nullable Death death) {
        Instant at = death == null ? null : death.at();
        String rest =
                String.join(
                        "\n",
                        Long.toString(bytes),
                        exchange,
                        routingKey,
                        messageId,
                        correlationId,
                        death == null ? "" : death.queue(),
                        at == null ? "" : Long.toString(at.getEpochSecond()));
        try {
            var sum = MessageDigest.getInstance("SHA-256");
            sum.update(Arrays.copyOf(head, Math.min(head.length, HEAD)));
            sum.update(rest.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum.digest()).substring(0, CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
