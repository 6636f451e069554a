package dev.slipway.console.pictures;

import dev.slipway.client.http.Problem;

/// What the preview shows.
sealed interface PreviewState {
    /// There is nothing to show, and why.
    record Nothing(String why) implements PreviewState {}

    record Loading() implements PreviewState {}

    record Open(Preview preview) implements PreviewState {}

    record Failed(Problem problem) implements PreviewState {}
}
