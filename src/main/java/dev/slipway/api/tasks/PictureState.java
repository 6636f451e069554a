package dev.slipway.api.tasks;

/// What came of a file in the folder of product pictures.
public enum PictureState {
    MADE,
    /// All its sizes were there already.
    KNOWN,
    REJECTED
}
