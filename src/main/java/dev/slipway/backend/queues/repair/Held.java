package dev.slipway.backend.queues.repair;

import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobState;
import dev.slipway.backend.queues.LeftOut;
import dev.slipway.backend.queues.Raised;
import dev.slipway.backend.queues.holds.Holds;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.util.List;
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

    /// Which of these jobs wait, and will not be run, for their queue or type was paused after they
    /// were put back.
    ///
    /// @return their numbers
    static List<Long> stuck(Handle handle, Holds holds, List<Job> jobs) {
        List<String> ids =
                jobs.stream()
                        .filter(job -> job.state() == JobState.READY)
                        .filter(
                                job ->
                                        holds.of(handle, HoldKind.QUEUE, job.queue())
                                                .or(
                                                        () ->
                                                                holds.of(
                                                                        handle,
                                                                        HoldKind.TYPE,
                                                                        job.type()))
                                                .isPresent())
                        .map(Job::id)
                        .toList();
        return Raised.numbers(handle, ids);
    }

    /// What a repair says while probes have not ended.
    ///
    /// @param limited types with a limit, and how many of each may run
    static String awaited(Map<String, Integer> limited, List<Job> probes) {
        return probes.stream()
                .map(Job::type)
                .filter(limited::containsKey)
                .findFirst()
                .map(
                        type ->
                                "Waits for the outcome of the probe; of its type %s at most %d run at once."
                                        .formatted(type, limited.get(type)))
                .orElse("Waits for the outcome of the probe.");
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
