package dev.slipway.backend.schedules;

import dev.slipway.api.schedules.ScheduleSpec;
import dev.slipway.backend.http.Refused;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// Checks what people ask a schedule to be, and tells what a change changes.
final class Specs {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final int MOST_DAYS = 366;
    private static final int MOST_GRACE = 31 * 24 * 60;

    private final Tasks tasks;

    Specs(Tasks tasks) {
        this.tasks = tasks;
    }

    /// @throws Refused 400
    static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw Refused.badRequest(
                    "/name",
                    "A name is small letters, digits and hyphens, begins with a letter and has at"
                            + " most 64 of them.");
        }
    }

    /// @return the specification with standard values where it leaves parameters out
    /// @throws Refused 400 with the field that is wrong
    ScheduleSpec checked(ScheduleSpec spec) {
        dues(spec);
        if (spec.graceMinutes() < 1 || spec.graceMinutes() > MOST_GRACE) {
            throw Refused.badRequest(
                    "/spec/graceMinutes", "1 to %d minutes (31 days).".formatted(MOST_GRACE));
        }
        return tasks.checked(spec);
    }

    /// @throws Refused 400 with the field that is wrong
    static Dues dues(ScheduleSpec spec) {
        if (spec.daysBack() < 0 || spec.daysBack() > MOST_DAYS) {
            throw Refused.badRequest("/spec/daysBack", "0 to %d days.".formatted(MOST_DAYS));
        }
        try {
            return new Dues(Cron.parse(spec.cron()), zone(spec.zone()), spec.daysBack());
        } catch (Cron.BadCron e) {
            throw Refused.badRequest("/spec/cron", e.words());
        }
    }

    private static ZoneId zone(String name) {
        try {
            if (ZoneId.getAvailableZoneIds().contains(name)) {
                return ZoneId.of(name);
            }
        } catch (DateTimeException _) {
            // told below
        }
        throw Refused.badRequest(
                "/spec/zone",
                "An IANA time zone is expected, such as Europe/Berlin or America/New_York.");
    }

    /// What differs, for a person: `cron: 0 2 * * * → 0 3 * * *; zone: …`.
    static String change(ScheduleSpec before, ScheduleSpec after) {
        List<String> changes = new ArrayList<>();
        add(changes, "cron", before.cron(), after.cron());
        add(changes, "zone", before.zone(), after.zone());
        add(changes, "task", before.task(), after.task());
        add(changes, "parameters", before.parameters(), after.parameters());
        add(changes, "days back", before.daysBack(), after.daysBack());
        add(changes, "catch up", before.catchUp(), after.catchUp());
        add(changes, "grace in minutes", before.graceMinutes(), after.graceMinutes());
        add(changes, "overlap", before.overlap(), after.overlap());
        add(changes, "enabled", before.enabled(), after.enabled());
        return String.join("; ", changes);
    }

    private static void add(List<String> changes, String what, Object before, Object after) {
        if (!Objects.equals(before, after)) {
            changes.add("%s: %s → %s".formatted(what, before, after));
        }
    }
}
