package dev.slipway.backend.queues;

import org.jspecify.annotations.Nullable;

/// Tells a failure to a person: what it was, without its stack trace, and never endless.
final class ErrorText {
    private static final int MOST_CHARACTERS = 1_000;

    private ErrorText() {}

    static String of(Throwable failure) {
        String message = failure.getMessage();
        String text =
                failure instanceof JobFailure && message != null
                        ? message
                        : named(failure, message);
        Throwable cause = failure.getCause();
        if (cause != null && cause != failure && failure instanceof JobFailure) {
            text += " (" + named(cause, cause.getMessage()) + ")";
        }
        return cut(text, MOST_CHARACTERS);
    }

    /// The text, shortened without tearing a character apart.
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }

    private static String named(Throwable failure, @Nullable String message) {
        String name = failure.getClass().getSimpleName();
        return message == null || message.isBlank() ? name : name + ": " + message;
    }
}
