package dev.slipway.backend.invoicing.pdf;

import org.openpdf.text.pdf.PdfContentByte;

import java.awt.Color;
import java.util.List;

/// One A4 page to draw on. Lengths are points; `y` runs down from the top edge and means the
/// baseline of text.
final class Sheet {
    static final float WIDTH = 595.28f;
    static final float HEIGHT = 841.89f;
    static final float LEFT = 56.7f;
    static final float RIGHT = WIDTH - 56.7f;

    static final Color INK = new Color(0x1d2733);
    static final Color MUTED = new Color(0x5d6975);
    static final Color HAIR = new Color(0xd3d9df);
    static final Color TINT = new Color(0xf3f5f8);
    static final Color ACCENT = new Color(0x0b5cad);
    private static final Color WATERMARK = new Color(0xf6e3e0);

    private final PdfContentByte canvas;

    Sheet(PdfContentByte canvas) {
        this.canvas = canvas;
    }

    /// How a text looks.
    record Style(Face face, float size, Color colour) {
        Style in(Color other) {
            return new Style(face, size, other);
        }
    }

    void left(Style style, String text, float x, float y) {
        show(style, style.face().drawable(text), x, y);
    }

    void right(Style style, String text, float x, float y) {
        String drawable = style.face().drawable(text);
        show(style, drawable, x - style.face().width(drawable, style.size()), y);
    }

    /// Draws lines below each other.
    ///
    /// @return the baseline after the last one
    float lines(Style style, List<String> lines, float x, float y, float leading) {
        float at = y;
        for (String line : lines) {
            left(style, line, x, at);
            at += leading;
        }
        return at;
    }

    void rule(Color colour, float thickness, float fromX, float toX, float y) {
        canvas.setColorStroke(colour);
        canvas.setLineWidth(thickness);
        canvas.moveTo(fromX, HEIGHT - y);
        canvas.lineTo(toX, HEIGHT - y);
        canvas.stroke();
    }

    void box(Color colour, float fromX, float toX, float top, float bottom) {
        canvas.setColorFill(colour);
        canvas.rectangle(fromX, HEIGHT - bottom, toX - fromX, bottom - top);
        canvas.fill();
    }

    /// Writes a word across the page in a colour so light that it needs no transparency; to be
    /// drawn first.
    void watermark(Face face, String word) {
        float size = 430 / face.width(word, 1);
        double angle = Math.toRadians(55);
        float cos = (float) Math.cos(angle);
        float sin = (float) Math.sin(angle);
        float half = face.width(word, size) / 2;
        canvas.setColorFill(WATERMARK);
        canvas.beginText();
        canvas.setFontAndSize(face.font(), size);
        canvas.setTextMatrix(
                cos,
                sin,
                -sin,
                cos,
                WIDTH / 2 - half * cos + size * 0.36f * sin,
                HEIGHT / 2 - half * sin - size * 0.36f * cos);
        canvas.showText(word);
        canvas.endText();
    }

    private void show(Style style, String drawable, float x, float y) {
        canvas.setColorFill(style.colour());
        canvas.beginText();
        canvas.setFontAndSize(style.face().font(), style.size());
        canvas.setTextMatrix(x, HEIGHT - y);
        canvas.showText(drawable);
        canvas.endText();
    }
}
