package dev.slipway.api.tasks;

/// Where a run over the folder of product pictures stands.
public enum PictureRunState {
    QUEUED,
    RUNNING,
    /// Every file was looked at; some may have been rejected.
    DONE,
    /// It gave up; what was made by then stands.
    FAILED,
    /// Someone stopped it; what was made by then stands.
    CANCELLED;

    public boolean open() {
        return this == QUEUED || this == RUNNING;
    }
}
