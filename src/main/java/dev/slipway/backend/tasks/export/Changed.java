package dev.slipway.backend.tasks.export;

import java.io.IOException;

/// The rows that a dead worker wrote are not where they were: its file can't be gone on with.
final class Changed extends IOException {
    private static final long serialVersionUID = 1L;

    Changed(long rows) {
        super("the first " + rows + " rows are no longer the same ones");
    }
}
