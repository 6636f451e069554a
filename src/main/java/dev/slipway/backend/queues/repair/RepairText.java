package dev.slipway.backend.queues.repair;

import dev.slipway.api.queues.JobFilter;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.RepairAct;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Says in one line what a repair does, for the audit log.
final class RepairText {
    private RepairText() {}

    static String of(Repair repair) {
        String act = repair.act().name().toLowerCase(Locale.ROOT);
        String to = repair.act() == RepairAct.MOVE ? " to " + repair.target() : "";
        return act + to + " all failed jobs " + of(repair.filter());
    }

    static String of(JobFilter filter) {
        String parts =
                Stream.of(
                                part("queue", filter.queue()),
                                part("type", filter.type()),
                                part("fingerprint", filter.fingerprint()),
                                part("text", filter.text()),
                                part("from", filter.from()),
                                part("to", filter.to()))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", "));
        return parts.isEmpty() ? "(no filter)" : "(" + parts + ")";
    }

    private static String part(String name, @Nullable Object value) {
        return value == null ? "" : name + " " + value;
    }
}
