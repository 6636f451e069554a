package dev.slipway.console.queues;

import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.HoldKind;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A pause in words: who, until when, why.
public final class HoldText {
    private HoldText() {}

    /// `paused by ana until 14:00: mail server down`, or empty.
    public static String of(@Nullable Hold hold, Instant now, Wording words) {
        if (hold == null) {
            return "";
        }
        return hold.until() == null
                ? words.say("hold.open", hold.by(), hold.reason())
                : words.say(
                        "hold.until", hold.by(), hold.reason(), Figures.moment(hold.until(), now));
    }

    /// The pause of a thing that holds at a moment: one whose time has come no longer does, even if
    /// the backend can't be heard saying so.
    public static Optional<Hold> find(List<Hold> holds, HoldKind kind, String name, Instant now) {
        return holds.stream()
                .filter(hold -> hold.kind() == kind && hold.name().equals(name))
                .filter(hold -> hold.holdsAt(now))
                .findFirst();
    }
}
