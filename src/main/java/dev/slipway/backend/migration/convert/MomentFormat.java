package dev.slipway.backend.migration.convert;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Reads the numbers of a date by a pattern of `y M d H m s` and literals. Two or more letters want
/// exactly as many digits, one letter one or two.
final class MomentFormat {
    private record Part(char field, int digits) {}

    private final List<Part> parts = new ArrayList<>();

    MomentFormat(String pattern) {
        for (int i = 0; i < pattern.length(); ) {
            char c = pattern.charAt(i);
            int end = i;
            while (end < pattern.length() && pattern.charAt(end) == c) {
                end++;
            }
            if ("yMdHms".indexOf(c) >= 0) {
                parts.add(new Part(c, end - i));
            } else {
                for (int k = i; k < end && c != '\''; k++) {
                    parts.add(new Part(c, 0));
                }
            }
            i = end;
        }
    }

    /// The numbers, or null if the text is not of this pattern.
    @Nullable Moment read(String text) {
        int[] found = {0, 1, 1, 0, 0, 0};
        int at = 0;
        for (Part part : parts) {
            if (part.digits() == 0) {
                if (at >= text.length() || text.charAt(at++) != part.field()) {
                    return null;
                }
                continue;
            }
            int most = part.digits() == 1 ? 2 : part.digits();
            int end = at;
            while (end < text.length() && end - at < most && digit(text, end) >= 0) {
                end++;
            }
            if (end - at < part.digits()) {
                return null;
            }
            int value = Integer.parseInt(text, at, end, 10);
            boolean shortYear = part.field() == 'y' && part.digits() == 2;
            found["yMdHms".indexOf(part.field())] = shortYear ? century(value) : value;
            at = end;
        }
        return at == text.length()
                ? new Moment(found[0], found[1], found[2], found[3], found[4], found[5], 0, "")
                : null;
    }

    /// Two digits mean 1970 to 2069, as in MySQL.
    private static int century(int year) {
        return year < 70 ? 2000 + year : 1900 + year;
    }

    private static int digit(String text, int at) {
        char c = text.charAt(at);
        return c >= '0' && c <= '9' ? c - '0' : -1;
    }
}
