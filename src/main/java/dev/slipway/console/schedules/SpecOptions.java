package dev.slipway.console.schedules;

import static java.util.Objects.requireNonNullElse;

import dev.slipway.api.schedules.CatchUp;
import dev.slipway.api.schedules.Overlap;
import dev.slipway.api.schedules.ScheduleSpec;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.Map;
import java.util.TreeMap;

/// What a schedule is to be; what is left out stays as it was.
final class SpecOptions {
    private static final ScheduleSpec STANDARD =
            new ScheduleSpec("", "", "", Map.of(), 1, CatchUp.LATEST, 60, Overlap.WAIT, true);

    @Option(names = "--cron", description = "Five fields: minute hour day month weekday.")
    private @Nullable String cron;

    @Option(names = "--zone", description = "An IANA time zone, for example Europe/Berlin.")
    private @Nullable String zone;

    @Option(names = "--task", description = "What is run, for example invoices.draft.")
    private @Nullable String task;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A task's parameter.")
    private Map<String, String> parameters = new TreeMap<>();

    @Option(names = "--days-back", description = "From the due date to the business date.")
    private @Nullable Integer daysBack;

    @Option(names = "--catch-up", description = "${COMPLETION-CANDIDATES}")
    private @Nullable CatchUp catchUp;

    @Option(names = "--grace", description = "Minutes after which a run counts as missed.")
    private @Nullable Integer grace;

    @Option(names = "--overlap", description = "${COMPLETION-CANDIDATES}")
    private @Nullable Overlap overlap;

    @Option(names = "--enabled", arity = "1", description = "true or false.")
    private @Nullable Boolean enabled;

    ScheduleSpec over(ScheduleSpec before) {
        Map<String, String> all = new TreeMap<>(before.parameters());
        all.putAll(parameters);
        return new ScheduleSpec(
                requireNonNullElse(cron, before.cron()),
                requireNonNullElse(zone, before.zone()),
                requireNonNullElse(task, before.task()),
                all,
                requireNonNullElse(daysBack, before.daysBack()),
                requireNonNullElse(catchUp, before.catchUp()),
                requireNonNullElse(grace, before.graceMinutes()),
                requireNonNullElse(overlap, before.overlap()),
                requireNonNullElse(enabled, before.enabled()));
    }

    /// The same for a schedule that there is not yet.
    ScheduleSpec fresh() {
        return over(STANDARD);
    }
}
