package dev.slipway.backend.invoicing.pdf;

import dev.slipway.backend.invoicing.pdf.Sheet.Style;

/// The few sizes and weights that an invoice uses.
record Styles(
        Style body,
        Style strong,
        Style small,
        Style smallStrong,
        Style tiny,
        Style title,
        Style brand,
        Style total) {

    static Styles of(Faces faces) {
        return new Styles(
                new Style(faces.regular(), 9, Sheet.INK),
                new Style(faces.medium(), 9, Sheet.INK),
                new Style(faces.regular(), 8, Sheet.MUTED),
                new Style(faces.medium(), 8, Sheet.MUTED),
                new Style(faces.regular(), 7, Sheet.MUTED),
                new Style(faces.medium(), 18, Sheet.INK),
                new Style(faces.bold(), 15, Sheet.ACCENT),
                new Style(faces.bold(), 11, Sheet.INK));
    }
}
