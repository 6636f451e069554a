package dev.slipway.backend.migration.convert;

import dev.slipway.backend.migration.plan.ClockRule;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.Rule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/// Moments of times that were written without an offset. Where the zone's clocks were changed a
/// time was never shown, or shown twice: the plan says what it means then, and that is counted.
final class LocalTimes {
    private final ColumnType.Temporal type;
    private final ZoneRules rules;

    LocalTimes(ColumnType.Temporal type) {
        this.type = type;
        this.rules = type.zone().getRules();
    }

    Instant moment(LocalDateTime at) throws BadValue {
        ZoneOffsetTransition change = rules.getTransition(at);
        if (change == null) {
            return at.toInstant(rules.getOffset(at));
        }
        ClockRule clocks = change.isGap() ? type.onGap() : type.onOverlap();
        Rule refused = clocks.rule();
        if (refused != null) {
            throw new BadValue("is a time that " + what(change), refused);
        }
        // the clock before the change gives the later moment of a gap, the earlier of an overlap
        boolean before = change.isGap() == (clocks == ClockRule.LATER);
        return at.toInstant(before ? change.getOffsetBefore() : change.getOffsetAfter());
    }

    /// What is remarked of a time that the plan's rule made a moment of; empty if the zone has it
    /// once.
    String remark(LocalDateTime at) {
        ZoneOffsetTransition change = rules.getTransition(at);
        if (change == null) {
            return "";
        }
        ClockRule clocks = change.isGap() ? type.onGap() : type.onOverlap();
        return what(change) + ", read as the " + clocks.word();
    }

    private String what(ZoneOffsetTransition change) {
        return type.zone().getId()
                + (change.isGap()
                        ? " skipped when its clocks went forward"
                        : " had twice when its clocks went back");
    }
}
