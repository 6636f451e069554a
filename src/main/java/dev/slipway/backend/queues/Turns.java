package dev.slipway.backend.queues;

import dev.slipway.api.queues.Priority;
import dev.slipway.backend.queues.Claims.Head;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// In which order a worker looks at the lanes: the queues in turn, within a queue the higher
/// priority first. So that nothing starves, one turn in four of a queue is the normal priority's,
/// and one in sixteen the low one's; whoever has nothing to run in its turn leaves it to the
/// others.
final class Turns {
    private static final int LOW_EVERY = 16;
    private static final int NORMAL_EVERY = 4;

    private final AtomicInteger turn = new AtomicInteger();
    private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();

    List<Head> order(List<Head> heads) {
        Map<String, List<Head>> byQueue = new LinkedHashMap<>();
        heads.forEach(h -> byQueue.computeIfAbsent(h.queue(), _ -> new ArrayList<>()).add(h));
        List<String> queues = new ArrayList<>(byQueue.keySet());
        Collections.rotate(queues, turn.getAndIncrement());
        List<Head> ordered = new ArrayList<>(heads.size());
        for (String queue : queues) {
            int first = ordered.isEmpty() ? firstOf(queue) : Priority.HIGH.level();
            byQueue.getOrDefault(queue, List.of()).stream()
                    .sorted(
                            Comparator.comparing((Head h) -> h.priority() != first)
                                    .thenComparing(Head::priority)
                                    .thenComparing(Head::due)
                                    .thenComparing(Head::type))
                    .forEach(ordered::add);
        }
        return ordered;
    }

    private int firstOf(String queue) {
        int n = turns.computeIfAbsent(queue, _ -> new AtomicInteger()).getAndIncrement();
        int of = Math.floorMod(n, LOW_EVERY);
        Priority first =
                of == LOW_EVERY - 1
                        ? Priority.LOW
                        : of % NORMAL_EVERY == NORMAL_EVERY - 1 ? Priority.NORMAL : Priority.HIGH;
        return first.level();
    }
}
