package dev.slipway.backend.migration.validation;

import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.ColumnType.Impossible;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a witness reads days and moments: each format is a regular expression.
final class MomentReading {
    private static final Pattern ISO =
            Pattern.compile(
                    "(?<y>\\d{4})-(?<M>\\d\\d)-(?<d>\\d\\d)(?:[ T](?<H>\\d\\d):(?<m>\\d\\d)"
                            + "(?::(?<s>\\d\\d)(?:\\.(?<f>\\d{1,9}))?)?\\s*"
                            + "(?<z>Z|[+-]\\d\\d(?::?\\d\\d)?)?)?");

    private MomentReading() {}

    static Reading of(ColumnType.Temporal type, String text) {
        if (text.isEmpty()) {
            return new Reading.None();
        }
        for (String format : type.formats()) {
            if (format.startsWith("epoch")) {
                if (text.matches("\\d{1,14}")) {
                    long number = Long.parseLong(text);
                    Instant moment =
                            format.equals("epoch")
                                    ? Instant.ofEpochSecond(number)
                                    : Instant.ofEpochMilli(number);
                    return plausible(type, moment.atZone(type.zone()), moment);
                }
            } else {
                Pattern pattern = format.equals("iso") ? ISO : pattern(format);
                Matcher found = pattern.matcher(text);
                if (found.matches()) {
                    return read(type, found);
                }
            }
        }
        return new Reading.Bad("is of no known format");
    }

    private static Pattern pattern(String format) {
        String regex =
                Pattern.compile("'([^']*)'|(y+|M+|d+|H+|m+|s+)|(.)")
                        .matcher(format)
                        .replaceAll(
                                part ->
                                        Matcher.quoteReplacement(
                                                piece(part.group(1), part.group())));
        return Pattern.compile(regex);
    }

    private static String piece(@Nullable String literal, String part) {
        if (literal != null) {
            return Pattern.quote(literal);
        }
        char field = part.charAt(0);
        if ("yMdHms".indexOf(field) < 0) {
            return Pattern.quote(part);
        }
        String count = part.length() == 1 ? "1,2" : Integer.toString(part.length());
        return "(?<" + field + ">\\d{" + count + "})";
    }

    private static Reading read(ColumnType.Temporal type, Matcher found) {
        int year = number(found, "y", 0);
        if (text(found, "y", "").length() == 2) {
            year += year < 70 ? 2000 : 1900;
        }
        int month = number(found, "M", 1);
        int day = number(found, "d", 1);
        if (type.impossible() == Impossible.CLAMP && day <= 31) {
            month = Math.max(month, 1);
            day = Math.max(day, 1);
            while (month <= 12 && day > 28 && !exists(year, month, day)) {
                day--;
            }
        }
        try {
            String fraction = (text(found, "f", "0") + "000000").substring(0, 6);
            LocalDateTime at =
                    LocalDateTime.of(
                            year,
                            month,
                            day,
                            number(found, "H", 0),
                            number(found, "m", 0),
                            number(found, "s", 0),
                            Integer.parseInt(fraction) * 1_000);
            String zone = text(found, "z", "");
            ZonedDateTime written = at.atZone(ZoneOffset.UTC);
            if (zone.isEmpty() && type.moment()) {
                Reading dated = plausible(type, written, Instant.EPOCH);
                return dated instanceof Reading.Bad ? dated : WallClock.of(type, at);
            }
            String offset = zone.isEmpty() ? "Z" : zone;
            return plausible(
                    type, written, OffsetDateTime.of(at, ZoneOffset.of(offset)).toInstant());
        } catch (DateTimeException e) {
            return new Reading.Bad("is in no calendar");
        }
    }

    private static boolean exists(int year, int month, int day) {
        try {
            LocalDate.of(year, month, day);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Reading plausible(
            ColumnType.Temporal type, ZonedDateTime written, Instant moment) {
        int year = written.getYear();
        if (year < type.earliest() || year > type.latest()) {
            return new Reading.Bad("is of the year " + year);
        }
        return new Reading.Some(type.moment() ? moment : written.toLocalDate());
    }

    private static int number(Matcher found, String group, int otherwise) {
        return Integer.parseInt(text(found, group, Integer.toString(otherwise)));
    }

    private static String text(Matcher found, String group, String otherwise) {
        if (!found.namedGroups().containsKey(group)) {
            return otherwise;
        }
        String text = found.group(group);
        return text == null ? otherwise : text;
    }
}
