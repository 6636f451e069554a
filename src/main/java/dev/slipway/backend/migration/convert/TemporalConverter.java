package dev.slipway.backend.migration.convert;

import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.ColumnType.Impossible;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// Days and moments, by the first format that fits.
final class TemporalConverter implements Converter {
    private static final int MICRO = 1_000;

    /// Reads a moment, or says by null that it is not of this format.
    private interface Reader {
        @Nullable Object read(String text) throws BadValue;
    }

    private final ColumnType.Temporal type;
    private final @Nullable ZoneOffset fixed;
    private final List<Reader> readers = new ArrayList<>();

    TemporalConverter(ColumnType.Temporal type) {
        this.type = type;
        var rules = type.zone().getRules();
        this.fixed = rules.isFixedOffset() ? rules.getOffset(Instant.EPOCH) : null;
        for (String format : type.formats()) {
            readers.add(
                    switch (format) {
                        case "iso" -> text -> resolved(IsoFormat.read(text));
                        case "epoch" -> text -> epoch(text, 1);
                        case "epoch-millis" -> text -> epoch(text, 1_000);
                        default -> {
                            var pattern = new MomentFormat(format);
                            yield text -> resolved(pattern.read(text));
                        }
                    });
        }
    }

    @Override
    public @Nullable Object convert(String raw) throws BadValue {
        String text = raw.strip();
        if (text.isEmpty()) {
            return null;
        }
        for (Reader reader : readers) {
            Object value = reader.read(text);
            if (value != null) {
                return value;
            }
        }
        throw new BadValue("is no " + type.word() + " of " + String.join(" | ", type.formats()));
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
        LocalDateTime at =
                day.atTime(
                        moment.hour(),
                        moment.minute(),
                        moment.second(),
                        // databases keep microseconds
                        moment.nanos() / MICRO * MICRO);
        if (!moment.offset().isEmpty()) {
            return at.toInstant(offset(moment));
        }
        return fixed == null ? at.atZone(type.zone()).toInstant() : at.toInstant(fixed);
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
