package dev.slipway.backend.tasks.export.file;

import java.io.IOException;

/// A file that is written in parts, which are put together when all are there.
public interface Parted {
    /// @param to an empty draft, which becomes the whole file
    void join(DraftFile to) throws IOException;
}
