package dev.slipway.backend.tasks.export;

import java.io.IOException;

/// A dead worker's file can't be gone on with: its rows are not where they were, or there is no
/// room or no way to take it over.
final class Changed extends IOException {
    private static final long serialVersionUID = 1L;

    Changed(long rows) {
        super("the first " + rows + " rows are no longer the same ones");
    }

    Changed(IOException cause) {
        super("what was written can't be taken over: " + cause, cause);
    }
}
