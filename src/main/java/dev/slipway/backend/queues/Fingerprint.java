package dev.slipway.backend.queues;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Names a fault, so that a thousand jobs that failed of it are one line: the queue and type, the
/// classes of the exception and of its first cause, the message without what differs from job to
/// job, and where in our own code it came from. Lines of code are left out: they move with every
/// release.
final class Fingerprint {
    private static final String OURS = "dev.slipway.";
    private static final int FRAMES = 3;
    private static final int LENGTH = 16;
    private static final int MOST_CHARACTERS = 300;

    /// `'…'`, `"…"`, `‹…›` and the like, within one line.
    private static final Pattern QUOTED =
            Pattern.compile(
                    "(?<![\\p{L}\\d])'[^'\\n]*'|\"[^\"\\n]*\"|`[^`\\n]*`|[«‹„“][^»›“”\\n]*[»›“”]");

    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>,;@]+@[^\\s<>,;@]+");

    /// Whatever holds a digit: numbers, dates, UUIDs, order numbers, hashes, paths with them.
    private static final Pattern NUMBERED =
            Pattern.compile("[\\p{L}_\\-./:+]*\\d[\\p{L}\\d_\\-./:+]*(?:,\\d+)*(?<![./:])");

    private Fingerprint() {}

    static String of(String queue, String type, Throwable failure) {
        Throwable root = root(failure);
        String text =
                String.join(
                        "\n",
                        queue,
                        type,
                        failure.getClass().getName(),
                        root.getClass().getName(),
                        normalised(message(failure)),
                        ownFrames(failure));
        return hash(text);
    }

    /// A fingerprint of a fault that threw nothing.
    static String of(String queue, String type, String fault) {
        return hash(String.join("\n", queue, type, fault));
    }

    /// The message without numbers, ids, addresses and quoted values.
    static String normalised(String message) {
        String head = message.substring(0, Math.min(message.length(), 4 * MOST_CHARACTERS));
        String text = QUOTED.matcher(head).replaceAll("?");
        text = ADDRESS.matcher(text).replaceAll("?");
        text = NUMBERED.matcher(text).replaceAll("?");
        text = text.replaceAll("\\s+", " ").strip();
        return text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? "" : message;
    }

    private static Throwable root(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; depth < 20 && at.getCause() != null; depth++) {
            at = at.getCause();
        }
        return at;
    }

    private static String ownFrames(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .limit(FRAMES)
                .map(frame -> withoutLambda(frame.getClassName() + "." + frame.getMethodName()))
                .collect(Collectors.joining("\n"));
    }

    /// A lambda's number changes with the code around it.
    private static String withoutLambda(String frame) {
        return frame.replaceAll("lambda\\$(\\w+)\\$\\d+", "$1").replaceAll("\\$\\d+", "");
    }

    private static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
