package dev.slipway.backend.queues;

import org.jspecify.annotations.Nullable;

/// A job's failure that its handler understands.
public final class JobFailure extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean worthRetrying;

    /// @param message for a person: what failed and what to do
    /// @param worthRetrying false sends the job to the dead letters at once
    public JobFailure(String message, boolean worthRetrying, @Nullable Throwable cause) {
        super(message, cause);
        this.worthRetrying = worthRetrying;
    }

    public boolean worthRetrying() {
        return worthRetrying;
    }
}
