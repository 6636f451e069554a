package dev.slipway.backend.brokers;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a move did so far.
final class MoveReport {
    private static final int MOST_REASONS = 50;

    private long moved;
    private long passed;
    private final Map<String, Long> stayed = new LinkedHashMap<>();

    void moved() {
        moved++;
    }

    /// A message that was not chosen.
    void passed() {
        passed++;
    }

    void stayed(String why) {
        boolean room = stayed.containsKey(why) || stayed.size() < MOST_REASONS;
        stayed.merge(room ? why : "other reasons", 1L, Long::sum);
    }

    long movedSoFar() {
        return moved;
    }

    long passedSoFar() {
        return passed;
    }

    long stayedSoFar() {
        return stayed.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Why messages stayed, and how many each.
    Map<String, Long> reasons() {
        return Map.copyOf(stayed);
    }
}
