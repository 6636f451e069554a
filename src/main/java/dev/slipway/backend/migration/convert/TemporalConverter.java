package dev.slipway.backend.migration.convert;

import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.ColumnType.Impossible;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Days and moments, by the first format that fits.
final class TemporalConverter implements Converter {
    private static final int MICRO = 1_000;
    private static final int DAY = 10;
    private static final int SECONDS = 19;
    private static final int SECONDS_A_DAY = 86_400;

    /// One way in which a moment may be written.
    ///
    /// @param perSecond of what an epoch counts; 0 for what has a pattern
    /// @param pattern reads a moment, or says by null that it is not of this format
    private record Format(int perSecond, Function<String, @Nullable Moment> pattern) {}

    private final ColumnType.Temporal type;
    private final @Nullable ZoneOffset fixed;
    private final boolean isoFirst;
    private final LocalTimes local;
    private final List<Format> formats = new ArrayList<>();

    TemporalConverter(ColumnType.Temporal type) {
        this.type = type;
        var rules = type.zone().getRules();
        this.fixed = rules.isFixedOffset() ? rules.getOffset(Instant.EPOCH) : null;
        this.local = new LocalTimes(type);
        this.isoFirst = type.formats().getFirst().equals("iso");
        for (String format : type.formats()) {
            formats.add(
                    switch (format) {
                        case "iso" -> new Format(0, IsoFormat::read);
                        case "epoch" -> new Format(1, _ -> null);
                        case "epoch-millis" -> new Format(1_000, _ -> null);
                        default -> new Format(0, new MomentFormat(format)::read);
                    });
        }
    }

    @Override
    public @Nullable Object convert(String raw) throws BadValue {
        String text = raw.strip();
        if (text.isEmpty()) {
            return null;
        }
        for (Format format : formats) {
            Object value =
                    format.perSecond() > 0
                            ? epoch(text, format.perSecond())
                            : resolved(format.pattern().apply(text));
            if (value != null) {
                return value;
            }
        }
        throw new BadValue("is no " + type.word() + " of " + String.join(" | ", type.formats()));
    }

    /// What is remarked where the rule for changed clocks made the moment of a text that was
    /// converted; else empty.
    String clocks(String raw) {
        String text = raw.strip();
        try {
            for (Format format : formats) {
                if (format.perSecond() > 0 && epoch(text, format.perSecond()) != null) {
                    return "";
                }
                Moment moment = format.pattern().apply(text);
                if (moment != null) {
                    boolean written = moment.offset().isEmpty();
                    return written ? local.remark(at(moment, day(moment))) : "";
                }
            }
        } catch (BadValue e) {
            // then it was not converted, and that is remarked
        }
        return "";
    }

    /// `2024-02-29` or `2024-02-29 23:59:59`, with nothing or a Z behind it.
    @Override
    public @Nullable Object plain(String raw) {
        boolean utc = raw.length() == SECONDS + 1 && raw.charAt(SECONDS) == 'Z';
        int length = utc ? SECONDS : raw.length();
        if (!isoFirst || (length != DAY && length != SECONDS) || (fixed == null && !utc)) {
            return null;
        }
        int year = two(raw, 0) * 100 + two(raw, 2);
        int month = two(raw, 5);
        int day = two(raw, 8);
        boolean good =
                two(raw, 0) >= 0
                        && two(raw, 2) >= 0
                        && raw.charAt(4) == '-'
                        && raw.charAt(7) == '-'
                        && year >= type.earliest()
                        && year <= type.latest()
                        && month >= 1
                        && month <= 12
                        && day >= 1
                        && day <= length(year, month);
        int second = good && length == SECONDS ? second(raw) : 0;
        if (!good || second < 0) {
            return null;
        }
        LocalDate date = LocalDate.of(year, month, day);
        if (!type.moment()) {
            return date;
        }
        int offset = utc || fixed == null ? 0 : fixed.getTotalSeconds();
        return Instant.ofEpochSecond(date.toEpochDay() * SECONDS_A_DAY + second - offset);
    }

    private static int length(int year, int month) {
        return Month.of(month).length(IsoChronology.INSTANCE.isLeapYear(year));
    }

    /// The second of the day, or -1.
    private static int second(String raw) {
        int hour = two(raw, 11);
        int minute = two(raw, 14);
        int second = two(raw, 17);
        boolean good =
                (raw.charAt(10) == ' ' || raw.charAt(10) == 'T')
                        && raw.charAt(13) == ':'
                        && raw.charAt(16) == ':'
                        && hour >= 0
                        && hour < 24
                        && minute >= 0
                        && minute < 60
                        && second >= 0
                        && second < 60;
        return good ? (hour * 60 + minute) * 60 + second : -1;
    }

    /// Two digits, or less than nothing.
    private static int two(String raw, int at) {
        int tens = raw.charAt(at) - '0';
        int ones = raw.charAt(at + 1) - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }

    private @Nullable Object epoch(String text, int perSecond) throws BadValue {
        if (text.length() > 14 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        var instant = Instant.ofEpochMilli(Long.parseLong(text) * (1_000 / perSecond));
        LocalDate day = LocalDate.ofInstant(instant, type.zone());
        plausible(day.getYear());
        return type.moment() ? instant : day;
    }

    private void plausible(int year) throws BadValue {
        if (year < type.earliest() || year > type.latest()) {
            throw new BadValue(
                    "is of the year "
                            + year
                            + ", expected "
                            + type.earliest()
                            + " to "
                            + type.latest());
        }
    }

    private @Nullable Object resolved(@Nullable Moment moment) throws BadValue {
        if (moment == null) {
            return null;
        }
        LocalDate day = day(moment);
        boolean clock = moment.hour() < 24 && moment.minute() < 60 && moment.second() < 60;
        if (!clock) {
            throw new BadValue("has a time that no clock shows");
        }
        return type.moment() ? instant(moment, day) : day;
    }

    private Instant instant(Moment moment, LocalDate day) throws BadValue {
        LocalDateTime at = at(moment, day);
        if (!moment.offset().isEmpty()) {
            return at.toInstant(offset(moment));
        }
        return fixed == null ? local.moment(at) : at.toInstant(fixed);
    }

    private static LocalDateTime at(Moment moment, LocalDate day) {
        // databases keep microseconds
        int nanos = moment.nanos() / MICRO * MICRO;
        return day.atTime(moment.hour(), moment.minute(), moment.second(), nanos);
    }

    private static ZoneOffset offset(Moment moment) throws BadValue {
        try {
            return ZoneOffset.of(moment.offset());
        } catch (DateTimeException e) {
            throw new BadValue("has an offset from UTC that there is nowhere");
        }
    }

    private LocalDate day(Moment moment) throws BadValue {
        plausible(moment.year());
        boolean clamp = type.impossible() == Impossible.CLAMP;
        int month = clamp ? Math.max(1, moment.month()) : moment.month();
        if (month < 1 || month > 12) {
            throw new BadValue("has a month that is not in the calendar");
        }
        int days = YearMonth.of(moment.year(), month).lengthOfMonth();
        int day = clamp ? Math.clamp(moment.day(), 1, days) : moment.day();
        if (day < 1 || day > days || moment.day() > 31) {
            throw new BadValue("is a day that is not in the calendar");
        }
        return LocalDate.of(moment.year(), month, day);
    }
}
