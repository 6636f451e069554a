package dev.slipway.backend.schedules;

import dev.slipway.api.schedules.ScheduleSpec;
import dev.slipway.backend.http.Refused;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The dates that fall between an old and a new version of a schedule: the old one would still have
/// run them, and by the new one their time is over. Dates to come that the new one does not name at
/// all are no such thing: that is what the change is for.
final class Lost {
    /// A time of day and a zone move a due time by less.
    private static final int MOST_DAYS = 3;

    private Lost() {}

    /// @param seen until when the new version counts as dealt with
    /// @return due by the new times, where it names the date
    static List<Due> between(StoredSchedule before, ScheduleSpec after, Instant seen, Instant now) {
        ScheduleSpec old = before.spec();
        if (before.removed() || !old.enabled() || !after.enabled()) {
            return List.of();
        }
        Dues fresh = Specs.dues(after);
        List<Due> lost = new ArrayList<>();
        for (Due due : due(before, after, now)) {
            Optional<Due> again = fresh.of(due.businessDate());
            boolean over = again.map(at -> !at.at().isAfter(seen)).orElse(!due.at().isAfter(now));
            if (over && !before.pausedAt(due.at())) {
                lost.add(again.orElse(due));
            }
        }
        return lost;
    }

    private static List<Due> due(StoredSchedule before, ScheduleSpec after, Instant now) {
        int days = Math.max(0, before.spec().daysBack() - after.daysBack()) + MOST_DAYS;
        try {
            return Specs.dues(before.spec())
                    .between(before.seenUntil(), now.plus(Duration.ofDays(days)));
        } catch (Refused e) { // its zone is no more: it ran nothing
            return List.of();
        }
    }
}
