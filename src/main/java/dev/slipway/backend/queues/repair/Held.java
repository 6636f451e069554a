package dev.slipway.backend.queues.repair;

import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.HoldKind;
import dev.slipway.backend.queues.LeftOut;
import dev.slipway.backend.queues.holds.Holds;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Says which failed jobs are not put back for now, and why: someone paused their queue or type, or
/// as many of a type with a limit wait already as it is good to have waiting. Put back all the
/// same, they would only wait elsewhere, and come all at once when the pause ends.
final class Held {
    private Held() {}

    /// What is paused.
    ///
    /// @param target the queue that jobs go to, or null for their own
    static LeftOut now(Handle handle, Holds holds, @Nullable String target) {
        return now(handle, holds, target, Map.of());
    }

    /// What is paused or full.
    ///
    /// @param full types of which enough wait, and how many of each may run
    static LeftOut now(
            Handle handle, Holds holds, @Nullable String target, Map<String, Integer> full) {
        Map<String, String> queues = new TreeMap<>();
        Map<String, String> types = new TreeMap<>();
        full.forEach((type, most) -> types.put(type, full(type, most)));
        for (Hold hold : holds.all(handle)) {
            if (hold.kind() == HoldKind.QUEUE) {
                queues.put(hold.name(), text(hold));
            } else if (hold.kind() == HoldKind.TYPE) {
                types.put(hold.name(), text(hold));
            }
        }
        return target == null
                ? new LeftOut(queues, types, "")
                : new LeftOut(Map.of(), types, queues.getOrDefault(target, ""));
    }

    private static String text(Hold hold) {
        return "The %s %s was paused by %s (%s): its jobs are not put back before it goes on."
                .formatted(
                        hold.kind().name().toLowerCase(Locale.ROOT),
                        hold.name(),
                        hold.by(),
                        hold.reason());
    }

    private static String full(String type, int most) {
        return "Of the type %s at most %d run at once: its jobs are put back as it gets on with them."
                .formatted(type, most);
    }
}
