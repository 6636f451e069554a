package dev.slipway.backend.migration.plan;

import dev.slipway.config.Section;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Lengths of time as a plan writes them: `400 ms`, `5 s`, `2 min`.
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,7})\\s*(ms|s|min)");
    private static final long MILLIS_A_SECOND = 1_000;
    private static final long SECONDS_A_MINUTE = 60;

    private Durations() {}

    /// The value of a key; empty, and a problem, if it is no length of time above zero.
    static Optional<Duration> read(Section section, String key) {
        String text = section.text(key, "").strip();
        var form = FORM.matcher(text);
        if (form.matches() && !form.group(1).matches("0+")) {
            long number = Long.parseLong(form.group(1));
            return Optional.of(
                    switch (form.group(2)) {
                        case "ms" -> Duration.ofMillis(number);
                        case "s" -> Duration.ofSeconds(number);
                        default -> Duration.ofMinutes(number);
                    });
        }
        section.problem(
                key,
                "'"
                        + key
                        + "' must be a time such as '400 ms', '5 s' or '2 min', not '"
                        + text
                        + "'");
        return Optional.empty();
    }

    /// In the unit that a person would take.
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis % MILLIS_A_SECOND != 0 || millis == 0) {
            return millis + " ms";
        }
        long seconds = millis / MILLIS_A_SECOND;
        return seconds % SECONDS_A_MINUTE == 0
                ? seconds / SECONDS_A_MINUTE + " min"
                : seconds + " s";
    }
}
