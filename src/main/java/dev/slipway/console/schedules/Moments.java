package dev.slipway.console.schedules;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Moments as they are in a schedule's zone, which need not be the reader's.
final class Moments {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.UK);

    private Moments() {}

    /// `Fri 27 Nov 02:00`
    static String at(Instant at, String zone) {
        return MOMENT.format(at.atZone(zone(zone)));
    }

    /// UTC if this machine doesn't know the zone.
    static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }
}
