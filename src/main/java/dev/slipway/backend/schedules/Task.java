package dev.slipway.backend.schedules;

import dev.slipway.api.schedules.ScheduleSpec;
import dev.slipway.api.schedules.ScheduleTask;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.Map;

/// Work that can be scheduled. The feature that does the work gives its task.
public interface Task {
    /// Its name, parameters, and who may run it.
    ScheduleTask description();

    /// Whether a schedule of it makes sense; its parameters are known and have allowed values.
    ///
    /// @throws dev.slipway.backend.http.Refused 400 with the field that is wrong
    default void check(ScheduleSpec spec) {}

    /// Publishes the job of a run, or finds that none is needed.
    ///
    /// @param handle inside the transaction that records the run
    /// @throws dev.slipway.backend.http.Refused if it can't be run; what was written is undone
    Started start(Handle handle, Order order);

    /// What is to be run.
    ///
    /// @param key names schedule and date: the key of a job that has no better one
    /// @param user who wants it; `schedule NAME` if no person does
    /// @param again whether an earlier try of the same date may have left a dead job
    record Order(
            String key,
            LocalDate businessDate,
            Map<String, String> parameters,
            String user,
            boolean again) {}

    /// What came of it.
    ///
    /// @param jobId null if nothing is to be done
    /// @param nothing why nothing is to be done, or null
    record Started(@Nullable String jobId, @Nullable String nothing) {
        public static Started job(String id) {
            return new Started(id, null);
        }

        public static Started nothing(String why) {
            return new Started(null, why);
        }
    }
}
