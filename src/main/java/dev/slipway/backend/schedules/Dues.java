package dev.slipway.backend.schedules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The due times of a cron expression in a zone. A time on the wall that does not exist, as the
/// clocks go forward over it, is due at the first instant after it; one that exists twice is due
/// the first time only. So each date that the expression names is due exactly once.
///
/// @param daysBack from the date on the wall to the business date
record Dues(Cron cron, ZoneId zone, int daysBack) {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    /// Clocks on the wall differ from UTC, and were once put over a whole day.
    private static final int SLACK_DAYS = 3;

    /// Every due time after one instant and not after another, the earliest first.
    List<Due> between(Instant after, Instant until) {
        List<Due> dues = new ArrayList<>();
        LocalDateTime last = LocalDateTime.ofInstant(until, zone).plusDays(SLACK_DAYS);
        var wall = cron.after(LocalDateTime.ofInstant(after, zone).minusDays(SLACK_DAYS));
        while (wall.isPresent() && !wall.get().isAfter(last)) {
            Due due = at(wall.get());
            if (due.at().isAfter(after) && !due.at().isAfter(until)) {
                dues.add(due);
            }
            wall = cron.after(wall.get());
        }
        return dues;
    }

    /// The first due times after an instant.
    List<Due> next(Instant after, int number) {
        List<Due> dues = new ArrayList<>();
        var wall = cron.after(LocalDateTime.ofInstant(after, zone).minusDays(SLACK_DAYS));
        while (wall.isPresent() && dues.size() < number) {
            Due due = at(wall.get());
            if (due.at().isAfter(after)) {
                dues.add(due);
            }
            wall = cron.after(wall.get());
        }
        return dues;
    }

    /// When the run of a business date is due, if the expression names that day.
    Optional<Due> of(LocalDate businessDate) {
        LocalDateTime wall = businessDate.plusDays(daysBack).atTime(cron.time());
        return cron.after(wall.minusMinutes(1)).filter(wall::equals).map(this::at);
    }

    private Due at(LocalDateTime wall) {
        LocalDate date = wall.toLocalDate().minusDays(daysBack);
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(wall);
        if (offsets.size() == 1) {
            return new Due(date, wall.toInstant(offsets.getFirst()), "" + offsets.getFirst(), null);
        }
        ZoneOffsetTransition change = zone.getRules().getTransition(wall);
        return offsets.isEmpty()
                ? new Due(
                        date,
                        change.getInstant(),
                        "" + change.getOffsetAfter(),
                        "%s does not exist on %s (the clocks go forward): runs at %s"
                                .formatted(
                                        CLOCK.format(wall),
                                        wall.toLocalDate(),
                                        CLOCK.format(change.getDateTimeAfter())))
                : new Due(
                        date,
                        wall.toInstant(change.getOffsetBefore()),
                        "" + change.getOffsetBefore(),
                        "%s comes twice on %s (the clocks go back): runs the first time, at UTC%s"
                                .formatted(
                                        CLOCK.format(wall),
                                        wall.toLocalDate(),
                                        change.getOffsetBefore()));
    }
}
