package dev.slipway.backend.migration.plan;

import dev.slipway.backend.migration.plan.Window.Span;
import dev.slipway.config.Nearest;
import dev.slipway.config.Section;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a plan's `window`.
final class WindowReader {
    private static final Pattern CLOCK = Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)|24:00");
    private static final List<String> DAYS =
            List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private WindowReader() {}

    static Window read(@Nullable Section section) {
        if (section == null) {
            return Window.ALWAYS;
        }
        try (section) {
            ZoneId zone = zone(section);
            List<Span> spans = new ArrayList<>();
            for (Section each : section.sections("open")) {
                spans.add(span(each));
            }
            if (spans.isEmpty()) {
                section.problem(
                        "open", "'open' must list when the window is open: {days, from, to}");
            }
            return new Window(zone, spans);
        }
    }

    private static ZoneId zone(Section section) {
        String name = section.text("zone");
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            if (!name.isEmpty()) {
                // a hint that lists all of them would help no one
                String hint = Nearest.hint(name, ZoneId.getAvailableZoneIds());
                section.problem(
                        "zone",
                        "there is no time zone '"
                                + name
                                + "'; expected one such as Europe/Vienna"
                                + (hint.startsWith("; did") ? hint : ""));
            }
            return ZoneOffset.UTC;
        }
    }

    private static Span span(Section section) {
        try (section) {
            Set<DayOfWeek> days = days(section);
            int from = clock(section, "from");
            int to = clock(section, "to");
            if (from == to && from >= 0) {
                section.problem(
                        "to", "'from' and 'to' are the same; a whole day is from 00:00 to 24:00");
            }
            return new Span(days, Math.max(0, from), Math.max(0, to));
        }
    }

    /// @return minute of the day, or -1 and a problem
    private static int clock(Section section, String key) {
        String text = section.text(key).strip();
        if (text.isEmpty()) {
            return -1;
        }
        boolean midnight = text.equals("24:00");
        if (!CLOCK.matcher(text).matches() || midnight && key.equals("from")) {
            section.problem(
                    key, "'" + key + "' must be a time of day such as 22:30, not '" + text + "'");
            return -1;
        }
        return Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3));
    }

    private static Set<DayOfWeek> days(Section section) {
        List<String> words = section.texts("days");
        if (words.isEmpty()) {
            if (section.has("days")) {
                section.problem("days", "'days' is empty; leave it out for every day");
            }
            return EnumSet.allOf(DayOfWeek.class);
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String word : words) {
            String[] ends = word.strip().toLowerCase(Locale.ROOT).split("-", -1);
            int first = DAYS.indexOf(ends[0].strip());
            int last = DAYS.indexOf(ends[ends.length - 1].strip());
            if (first < 0 || last < 0 || ends.length > 2) {
                section.problem(
                        "days",
                        "'days' does not know '"
                                + word
                                + "'; expected mon, tue … or mon-fri"
                                + Nearest.hint(word, DAYS));
                continue;
            }
            DayOfWeek day = DayOfWeek.of(first + 1);
            days.add(day);
            while (day != DayOfWeek.of(last + 1)) {
                day = day.plus(1);
                days.add(day);
            }
        }
        return days;
    }
}
