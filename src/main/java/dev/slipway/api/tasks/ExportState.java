package dev.slipway.api.tasks;

/// Where an export stands.
public enum ExportState {
    /// A worker will take it.
    QUEUED,
    /// A worker writes it.
    RUNNING,
    /// Its file can be downloaded until it expires.
    READY,
    /// It gave up; nothing of it is kept.
    FAILED,
    /// Someone stopped it; nothing of it is kept.
    CANCELLED,
    /// Its file was deleted because its time was over.
    EXPIRED;

    /// Whether it is still to be written.
    public boolean open() {
        return this == QUEUED || this == RUNNING;
    }
}
