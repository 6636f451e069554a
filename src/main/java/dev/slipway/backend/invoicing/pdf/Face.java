package dev.slipway.backend.invoicing.pdf;

import org.openpdf.text.pdf.BaseFont;

import java.util.ArrayList;
import java.util.List;

/// One embedded font: measures and wraps text.
final class Face {
    private static final String ELLIPSIS = "\u2026";
    private final BaseFont font;

    Face(BaseFont font) {
        this.font = font;
    }

    BaseFont font() {
        return font;
    }

    float width(String text, float size) {
        return font.getWidthPoint(text, size);
    }

    /// The text with `?` for what the font has no glyph for, and plain spaces for odd ones: nothing
    /// vanishes silently.
    String drawable(String text) {
        var drawable = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        c -> {
                            if (Character.isWhitespace(c) || Character.isISOControl(c)) {
                                drawable.append(' ');
                            } else if (font.charExists(c)) {
                                drawable.appendCodePoint(c);
                            } else {
                                drawable.append(Character.isSpaceChar(c) ? '\u00a0' : '?');
                            }
                        });
        return drawable.toString();
    }

    /// The characters of a text that would be drawn as `?`, each once.
    String missing(String text) {
        return text.codePoints()
                .filter(
                        c ->
                                !Character.isWhitespace(c)
                                        && !Character.isISOControl(c)
                                        && !Character.isSpaceChar(c)
                                        && !font.charExists(c))
                .distinct()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// Breaks a text at spaces, and inside a word that is too long for a line.
    ///
    /// @param most lines; the last one then ends with an ellipsis
    List<String> wrap(String text, float size, float width, int most) {
        List<String> lines = new ArrayList<>();
        var line = new StringBuilder();
        for (String word : drawable(text).strip().split(" +")) {
            String rest = word;
            String joined = line.isEmpty() ? rest : line + " " + rest;
            if (width(joined, size) <= width) {
                line.setLength(0);
                line.append(joined);
                continue;
            }
            if (!line.isEmpty()) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (width(rest, size) > width) {
                int fit = fitting(rest, size, width);
                lines.add(rest.substring(0, fit));
                rest = rest.substring(fit);
            }
            line.append(rest);
        }
        lines.add(line.toString());
        return lines.size() <= most ? lines : cut(lines, size, width, most);
    }

    private List<String> cut(List<String> lines, float size, float width, int most) {
        List<String> kept = new ArrayList<>(lines.subList(0, most));
        String last = kept.removeLast();
        while (!last.isEmpty() && width(last + ELLIPSIS, size) > width) {
            last = last.substring(0, last.offsetByCodePoints(last.length(), -1));
        }
        kept.add(last.stripTrailing() + ELLIPSIS);
        return kept;
    }

    private int fitting(String word, float size, float width) {
        int end = word.offsetByCodePoints(0, 1);
        while (end < word.length()) {
            int next = word.offsetByCodePoints(end, 1);
            if (width(word.substring(0, next), size) > width) {
                break;
            }
            end = next;
        }
        return end;
    }
}
