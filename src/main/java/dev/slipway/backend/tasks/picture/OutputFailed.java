package dev.slipway.backend.tasks.picture;

import java.io.IOException;

/// What is made can't be written: trouble of this machine, not of the picture.
final class OutputFailed extends IOException {
    private static final long serialVersionUID = 1L;

    OutputFailed(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
