package dev.slipway.backend.migration.convert;

import org.jspecify.annotations.Nullable;

/// Reads `yyyy-MM-dd`, alone or with `HH:mm`, seconds, a fraction and an offset.
final class IsoFormat {
    private static final int DATE = 10;
    private static final int MINUTES = 16;
    private static final int SECONDS = 19;
    private static final int NANO_DIGITS = 9;

    private IsoFormat() {}

    static @Nullable Moment read(String text) {
        int n = text.length();
        if (n < DATE || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return null;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, DATE);
        if (year < 0 || month < 0 || day < 0) {
            return null;
        }
        if (n == DATE) {
            return new Moment(year, month, day, 0, 0, 0, 0, "");
        }
        char between = text.charAt(DATE);
        if (n < MINUTES || (between != ' ' && between != 'T') || text.charAt(13) != ':') {
            return null;
        }
        int hour = number(text, 11, 13);
        int minute = number(text, 14, MINUTES);
        return hour < 0 || minute < 0 ? null : seconds(text, year, month, day, hour, minute);
    }

    private static @Nullable Moment seconds(
            String text, int year, int month, int day, int hour, int minute) {
        int at = MINUTES;
        int second = 0;
        int nanos = 0;
        if (at < text.length() && text.charAt(at) == ':') {
            second = text.length() < SECONDS ? -1 : number(text, 17, SECONDS);
            at = SECONDS;
        }
        if (second >= 0 && at == SECONDS && at < text.length() && text.charAt(at) == '.') {
            int end = at + 1;
            while (end < text.length() && Character.isDigit(text.charAt(end))) {
                end++;
            }
            nanos = nanos(text.substring(at + 1, end));
            at = end;
        }
        String offset = second < 0 ? "?" : text.substring(at).strip();
        return zone(offset) && nanos >= 0
                ? new Moment(year, month, day, hour, minute, second, nanos, offset)
                : null;
    }

    /// `Z`, `+02`, `+0200` or `+02:00`, or nothing.
    private static boolean zone(String offset) {
        int n = offset.length();
        if (n <= 1) {
            return n == 0 || offset.charAt(0) == 'Z';
        }
        boolean sign = offset.charAt(0) == '+' || offset.charAt(0) == '-';
        boolean colon = n == 6 && offset.charAt(3) == ':';
        boolean hours = n == 3 || n == 5 || colon;
        return sign
                && hours
                && number(offset, 1, 3) >= 0
                && (n == 3 || number(offset, colon ? 4 : 3, n) >= 0);
    }

    private static int nanos(String digits) {
        if (digits.isEmpty() || digits.length() > NANO_DIGITS) {
            return -1;
        }
        return Integer.parseInt(digits + "0".repeat(NANO_DIGITS - digits.length()));
    }

    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
