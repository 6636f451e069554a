package dev.slipway.sandbox.generate;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// Spoils text as a shop does that changed its encodings on the way.
final class Encodings {
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final double MOJIBAKE = 0.35;
    private static final double TWICE = 0.15;

    private final Dice dice;
    private final Tally tally;

    Encodings(Dice dice, Tally tally) {
        this.dice = dice;
        this.tally = tally;
    }

    /// A text of an old column: often UTF-8 that was taken for Windows-1252.
    String old(String text, String table) {
        if (ascii(text) || !dice.chance(MOJIBAKE)) {
            return text;
        }
        tally.add(table + ".mojibake");
        return mojibake(text);
    }

    /// A text of a younger column: sometimes encoded twice, by way of Latin-1.
    String young(String text, String table) {
        if (ascii(text) || !dice.chance(TWICE)) {
            return text;
        }
        tally.add(table + ".double_encoded");
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    static boolean spoilt(String text) {
        return text.indexOf('Ã') >= 0;
    }

    /// UTF-8 read as Windows-1252; the five bytes that mean nothing there become the controls of
    /// the same number, as databases do it.
    static String mojibake(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var read = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            String one = new String(new byte[] {b}, WINDOWS);
            read.append(one.charAt(0) == '\uFFFD' ? (char) (b & 0xFF) : one.charAt(0));
        }
        return read.toString();
    }

    static boolean ascii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }
}
