package dev.slipway.console.invoicing;

import dev.slipway.client.http.Problem;

/// What the preview shows.
sealed interface PdfState {
    /// There is no document to show, and why.
    record Nothing(String why) implements PdfState {}

    record Loading() implements PdfState {}

    record Open(PdfPages pages, String sha256) implements PdfState {}

    record Failed(Problem problem) implements PdfState {}
}
