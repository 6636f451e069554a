package dev.slipway.backend.schedules;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.backend.queues.holds.Holds;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;

import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/// Everything that schedules are made of, wired: one of it in each backend.
public final class Schedules {
    final StateStore store;
    final ScheduleStore schedules;
    final Named named;
    final ScheduleRuns runs = new ScheduleRuns();
    final Tasks tasks;
    final Starter starter;
    final Views views;
    final Holds holds;
    final InstantSource clock;

    public Schedules(
            StateStore store, Events events, ObjectMapper json, Tasks tasks, InstantSource clock) {
        this.store = store;
        this.schedules = new ScheduleStore(json);
        this.named = new Named(schedules);
        this.tasks = tasks;
        this.starter = new Starter(runs, tasks, events);
        this.views = new Views(runs, tasks, events, clock);
        this.holds = new Holds(events, clock);
        this.clock = clock;
    }

    public ScheduleService service() {
        return new ScheduleService(this);
    }

    ScheduleEdits edits() {
        return new ScheduleEdits(this);
    }

    SchedulePauses pauses() {
        return new SchedulePauses(this);
    }

    /// @param nanos nanoseconds that no one sets, to notice when someone sets the clock
    public Scheduler scheduler(LongSupplier nanos) {
        return new Scheduler(this, clock, nanos);
    }

    /// Adds the schedules of the configuration file that there never were. What people made of one
    /// since stands, also that it was removed.
    public void addConfigured(List<ScheduleSettings.Configured> configured) {
        if (!configured.isEmpty()) {
            store.writing(
                    handle ->
                            configured.forEach(
                                    one -> edits().addConfigured(handle, one.name(), one.spec())));
        }
    }
}
