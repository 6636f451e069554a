package dev.slipway.backend.migration.validation;

import dev.slipway.backend.migration.plan.Column;
import dev.slipway.backend.migration.plan.ColumnType;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;

/// The least and the greatest of some days or moments, as the target keeps them.
final class Days {
    private static final Duration AROUND = Duration.ofHours(26);
    private @Nullable Comparable<Object> least;
    private @Nullable Comparable<Object> greatest;

    void add(@Nullable Object value) {
        if (value == null) {
            return;
        }
        @SuppressWarnings(
                "unchecked") // a long, a day or a moment: all of one column are of one kind
        var one = (Comparable<Object>) value;
        least = least == null || one.compareTo(least) < 0 ? one : least;
        greatest = greatest == null || one.compareTo(greatest) > 0 ? one : greatest;
    }

    /// These and the others.
    Days with(Days others) {
        var both = new Days();
        both.add(least);
        both.add(greatest);
        both.add(others.least);
        both.add(others.greatest);
        return both;
    }

    String least() {
        return least == null ? "none" : least.toString();
    }

    String greatest() {
        return greatest == null ? "none" : greatest.toString();
    }

    /// What a witness makes of a source's text; null if the column holds no day for it.
    static @Nullable Object read(Column column, @Nullable String raw) {
        if (!(Witness.of(column, Collections.singletonList(raw))
                instanceof Witness.Word.Holds(var value))) {
            return null;
        }
        return switch (value) {
            case Instant moment when "epoch-seconds".equals(column.store()) ->
                    moment.getEpochSecond();
            case Instant moment when "epoch-millis".equals(column.store()) -> moment.toEpochMilli();
            case Instant moment -> moment;
            case LocalDate day -> day;
            case null, default -> null;
        };
    }

    /// Whether the clocks of the column's zone are changed about then: the order of the times is
    /// not that of the moments there.
    static boolean disordered(Column column, String raw) {
        var type = (ColumnType.Temporal) column.type();
        var rules = type.zone().getRules();
        return type.moment()
                && !rules.isFixedOffset()
                && (!(Reading.of(type, raw) instanceof Reading.Some(Instant moment))
                        || !rules.getOffset(moment.minus(AROUND))
                                .equals(rules.getOffset(moment.plus(AROUND))));
    }
}
