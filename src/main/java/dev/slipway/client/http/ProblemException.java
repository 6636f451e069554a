package dev.slipway.client.http;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/// Carries a [Problem] out of a blocking call.
public final class ProblemException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        this(problem, null);
    }

    public ProblemException(Problem problem, @Nullable Throwable cause) {
        super(problem.title() + ": " + problem.detail(), cause);
        this.problem = problem;
    }

    /// The line failed before the backend could do anything.
    public static ProblemException offline(IOException e) {
        String text = e.getMessage();
        return new ProblemException(
                new Problem.Offline(
                        "Nothing was changed. (" + (text == null ? e.toString() : text) + ")"),
                e);
    }

    public Problem problem() {
        return problem;
    }
}
