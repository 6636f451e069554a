package dev.slipway.api;

/// What became of a write.
public enum CommandState {
    /// It is being done.
    RUNNING,
    /// It was done.
    DONE,
    /// It was refused; nothing was done.
    REFUSED,
    /// The server stopped or failed in the middle: it may have been done or not.
    UNKNOWN
}
