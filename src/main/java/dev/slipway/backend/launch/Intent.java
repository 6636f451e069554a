package dev.slipway.backend.launch;

import dev.slipway.backend.http.Refused;

import java.time.Instant;

/// What people want of the traffic. All that may change it is here.
///
/// @param newPercent share of the new pool
/// @param held raising the share is refused until someone resumes
/// @param by who changed it last
/// @param reason of the last change
record Intent(int newPercent, boolean held, String by, Instant at, String reason) {

    /// Before anyone has said anything, all traffic stays where it always was.
    static Intent first(Instant now) {
        return new Intent(0, false, "nobody", now, "");
    }

    /// @param expected the share that the asker saw
    /// @throws Refused 409 if that is no longer the share, or raising is held
    Intent weight(int percent, int expected, Change change) {
        if (expected != newPercent) {
            throw Refused.conflict(
                    "The intended share is %d %% by now, not %d %%. Nothing was changed; look again."
                            .formatted(newPercent, expected));
        }
        if (held && percent > newPercent) {
            throw Refused.conflict(
                    "The launch is held at %d %% by %s. Nothing was changed; resume it first."
                            .formatted(newPercent, by));
        }
        return new Intent(percent, held, change.by, change.at, change.reason);
    }

    Intent hold(Change change) {
        return new Intent(newPercent, true, change.by, change.at, change.reason);
    }

    Intent resume(Change change) {
        return new Intent(newPercent, false, change.by, change.at, change.reason);
    }

    /// All traffic to the legacy pool; never refused, and what is held stays held.
    Intent rollback(Change change) {
        return new Intent(0, held, change.by, change.at, change.reason);
    }

    /// Who wants something, when and why.
    record Change(String by, Instant at, String reason) {}
}
