package dev.slipway.api.queues;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;

/// Something that a person paused.
///
/// @param reason why
/// @param by who
/// @param until when it goes on by itself; null if someone has to let it go on
public record Hold(
        HoldKind kind,
        String name,
        String reason,
        String by,
        Instant since,
        @Nullable Instant until) {

    /// Names it among all holds, for example `queue:mail`.
    public String id() {
        return kind.name().toLowerCase(Locale.ROOT) + ":" + name;
    }

    /// Whether it still holds.
    public boolean holdsAt(Instant now) {
        return until == null || until.isAfter(now);
    }
}
