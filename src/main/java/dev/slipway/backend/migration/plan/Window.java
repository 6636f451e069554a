package dev.slipway.backend.migration.plan;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// When a run may read from the source: whenever the clock on the wall of a zone shows a time in
/// one of the spans. So an hour that a change to summer time leaves out opens nothing, and one that
/// comes twice counts twice.
///
/// @param spans none: always
public record Window(ZoneId zone, List<Span> spans) {
    /// Never closed.
    public static final Window ALWAYS = new Window(ZoneOffset.UTC, List.of());

    /// A span of one day a week may fall out twice in a row.
    private static final int DAYS_AHEAD = 22;

    private static final int MINUTES_A_DAY = 24 * 60;

    /// So many closings are looked through for the end of some work.
    private static final int MOST_CLOSINGS = 5_000;

    public Window {
        spans = List.copyOf(spans);
    }

    /// A part of a window.
    ///
    /// @param days on which it opens
    /// @param from minute of the day, inclusive
    /// @param to minute of the day, exclusive, up to 1440; at or before `from`: of the next day
    public record Span(Set<DayOfWeek> days, int from, int to) {
        public Span {
            days = Set.copyOf(days);
        }

        private boolean open(LocalDateTime at) {
            int minute = at.getHour() * 60 + at.getMinute();
            boolean today = days.contains(at.getDayOfWeek());
            if (from < to) {
                return today && minute >= from && minute < to;
            }
            boolean yesterday = days.contains(at.getDayOfWeek().minus(1));
            return today && minute >= from || yesterday && minute < to;
        }

        @Override
        public String toString() {
            String on =
                    days.size() == DayOfWeek.values().length
                            ? "daily"
                            : new TreeSet<>(days)
                                    .stream()
                                            .map(d -> d.getDisplayName(TextStyle.SHORT, Locale.UK))
                                            .collect(Collectors.joining(" "));
            return on + " " + clock(from) + "–" + clock(to);
        }

        private static String clock(int minute) {
            return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
        }
    }

    /// Whether it is open at a moment.
    public boolean open(Instant at) {
        return spans.isEmpty() || open(LocalDateTime.ofInstant(at, zone));
    }

    private boolean open(LocalDateTime at) {
        return spans.stream().anyMatch(span -> span.open(at));
    }

    /// The first moment from one on at which it is open; empty if it never opens.
    public Optional<Instant> opens(Instant from) {
        return open(from) ? Optional.of(from) : change(from);
    }

    /// When it closes that is open at a moment; empty if it never does.
    public Optional<Instant> closes(Instant from) {
        return spans.isEmpty() ? Optional.empty() : change(from);
    }

    /// When some work ends that is only done while the window is open; empty if that can't be said.
    public Optional<Instant> end(Instant from, Duration work) {
        Instant at = from;
        Duration left = work;
        for (int i = 0; i < MOST_CLOSINGS; i++) {
            Optional<Instant> opens = opens(at);
            if (opens.isEmpty()) {
                return Optional.empty();
            }
            Optional<Instant> closes = closes(opens.get());
            Duration open = closes.map(c -> Duration.between(opens.get(), c)).orElse(left);
            if (open.compareTo(left) >= 0) {
                return Optional.of(opens.get().plus(left));
            }
            left = left.minus(open);
            at = closes.orElseThrow();
        }
        return Optional.empty();
    }

    /// The first moment after one at which it is open and was not, or the other way round.
    private Optional<Instant> change(Instant after) {
        boolean now = open(after);
        return moments(after).stream().filter(at -> open(at) != now).findFirst();
    }

    /// Every moment at which it might change.
    private TreeSet<Instant> moments(Instant after) {
        var moments = new TreeSet<Instant>();
        LocalDate first = LocalDate.ofInstant(after, zone).minusDays(1);
        for (int day = 0; day < DAYS_AHEAD; day++) {
            LocalDateTime midnight = first.plusDays(day).atStartOfDay();
            for (Span span : spans) {
                moments.addAll(shown(midnight.plusMinutes(span.from())));
                moments.addAll(shown(midnight.plusMinutes(span.to())));
            }
        }
        Instant last = after.plus(Duration.ofMinutes((long) DAYS_AHEAD * MINUTES_A_DAY));
        ZoneOffsetTransition turn = zone.getRules().nextTransition(after);
        while (turn != null && turn.getInstant().isBefore(last)) {
            moments.add(turn.getInstant());
            turn = zone.getRules().nextTransition(turn.getInstant());
        }
        return new TreeSet<>(moments.tailSet(after, false));
    }

    /// When the clock on the wall shows a time: once, or twice, or never.
    private List<Instant> shown(LocalDateTime time) {
        List<Instant> shown = new ArrayList<>();
        for (ZoneOffset offset : zone.getRules().getValidOffsets(time)) {
            shown.add(time.toInstant(offset));
        }
        return shown;
    }

    /// As a person writes it; empty if it is never closed.
    @Override
    public String toString() {
        return spans.isEmpty()
                ? ""
                : spans.stream().map(Span::toString).collect(Collectors.joining(", "))
                        + " "
                        + zone.getId();
    }
}
