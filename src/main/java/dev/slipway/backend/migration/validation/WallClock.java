package dev.slipway.backend.migration.validation;

import dev.slipway.backend.migration.plan.ClockRule;
import dev.slipway.backend.migration.plan.ColumnType;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/// How a witness reads a time on the clocks of a zone: it looks which moments, seen from there,
/// show that time. It asks no one which times are missing or doubled.
final class WallClock {
    /// Clocks are changed by a day at most, and not twice within two.
    private static final Duration AROUND = Duration.ofHours(26);

    private WallClock() {}

    static Reading of(ColumnType.Temporal type, LocalDateTime shown) {
        ZoneId zone = type.zone();
        Instant about = shown.toInstant(ZoneOffset.UTC);
        List<Instant> may =
                Stream.of(about.minus(AROUND), about.plus(AROUND))
                        .map(near -> near.atZone(zone).getOffset())
                        .distinct()
                        .map(shown::toInstant)
                        .sorted()
                        .toList();
        List<Instant> show =
                may.stream().filter(m -> m.atZone(zone).toLocalDateTime().equals(shown)).toList();
        if (show.size() == 1) {
            return new Reading.Some(show.getFirst());
        }
        boolean never = show.isEmpty();
        ClockRule rule = never ? type.onGap() : type.onOverlap();
        return switch (rule) {
            case EARLIER -> new Reading.Some(may.getFirst());
            case LATER -> new Reading.Some(may.getLast());
            case DEFAULT, NULL, QUARANTINE, SKIP ->
                    new Reading.Bad(
                            never ? "was never on the clock" : "was twice on the clock",
                            rule.rule());
        };
    }
}
