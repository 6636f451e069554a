package dev.slipway.api.schedules;

import java.util.Map;
import java.util.TreeMap;

/// What a schedule is to do, and when.
///
/// @param cron five fields: minute and hour (one number each, as a schedule runs once per business
///   date), day of month (also `L`, `W`, `LW`), month, day of week (0 and 7 are Sunday; also `1#2`,
///   `5L`). A day that fits the day of month or the day of week is one, if both are given
/// @param zone an IANA time zone, for example `Europe/Berlin`
/// @param task the name of a schedulable task
/// @param parameters of the task, by name
/// @param daysBack the run of a due time is for the due time's local date minus this many days
/// @param graceMinutes a run that starts later than this after its due time counts as missed, and
///   `catchUp` decides
/// @param enabled whether it runs at all
public record ScheduleSpec(
        String cron,
        String zone,
        String task,
        Map<String, String> parameters,
        int daysBack,
        CatchUp catchUp,
        int graceMinutes,
        Overlap overlap,
        boolean enabled) {

    public ScheduleSpec {
        cron = cron.strip().replaceAll("\\s+", " ");
        zone = zone.strip();
        parameters = java.util.Collections.unmodifiableMap(new TreeMap<>(parameters));
    }
}
