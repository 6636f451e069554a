package dev.slipway.testing;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What a broker may say in the place of a figure or a name, and how that is to be read. Written
/// down by hand: what reads answers is judged by it.
///
/// @param json as it stands in the answer
/// @param count what it says as a number of things; null if that is not known by it
/// @param rate what it says as a number per second; null if that is not known by it
/// @param name what is shown of it as a name; null if it is none
public record Strange(
        String json, @Nullable Long count, @Nullable Double rate, @Nullable String name) {
    public static final List<Strange> ALL =
            List.of(
                    nothing("null"),
                    nothing("true"),
                    text("infinity"),
                    text("-infinity"),
                    text("NaN"),
                    text("undefined"),
                    new Strange("\"5672\"", 5672L, 5672.0, "5672"),
                    nothing("\"\""),
                    new Strange(
                            "\"a\\u0000b\\u202e/é%2F\\ud83d\\ude00\"",
                            null, null, "a\u25a1b\u25a1/é%2F\ud83d\ude00"),
                    nothing("-1"),
                    nothing("1e308"),
                    nothing("123456789012345678901234567890"),
                    new Strange("4e2", 400L, 400.0, null),
                    new Strange("0.5", null, 0.5, null),
                    nothing("[]"),
                    nothing("[null]"),
                    nothing("{}"),
                    nothing("{\"rate\":\"infinity\"}"),
                    nothing("[[[[[[[[]]]]]]]]"),
                    nothing("\"" + "x".repeat(5_000) + "\""));

    private static Strange nothing(String json) {
        return new Strange(json, null, null, null);
    }

    private static Strange text(String text) {
        return new Strange("\"" + text + "\"", null, null, text);
    }
}
