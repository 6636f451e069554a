package dev.slipway.api.migration;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// When a run reads, how fast, and why it does not just now.
///
/// @param window when it may read, as the plan says; empty: always
/// @param throttle what it must not push up, as the plan says; empty if it was not begun yet
/// @param pace what a person changed of it since
/// @param waiting why it does not read just now, or null
/// @param closesAt when the window closes that is open, or null
/// @param endsAt when the copy ends at this rate, hours in which the window is closed counted in;
///   null if that can't be said
public record RunTiming(
        String window,
        String throttle,
        Pace pace,
        @Nullable Waiting waiting,
        @Nullable Instant closesAt,
        @Nullable Instant endsAt) {
    /// Of a run that was not begun yet.
    public static final RunTiming NONE = new RunTiming("", "", Pace.OF_PLAN, null, null, null);

    public RunTiming withPace(Pace fresh) {
        return new RunTiming(window, throttle, fresh, waiting, closesAt, endsAt);
    }
}
