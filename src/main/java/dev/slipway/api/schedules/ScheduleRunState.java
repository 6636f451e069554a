package dev.slipway.api.schedules;

/// Where the run of a business date stands.
public enum ScheduleRunState {
    /// Due; waits for the run before it.
    WAITING,
    /// Its job is published and has not ended.
    STARTED,
    /// Its job has succeeded.
    DONE,
    /// It could not be started, or its job is dead or was given up.
    FAILED,
    /// Not run: a person skipped it, the schedule was paused, or the run before was still on.
    SKIPPED,
    /// Not run: no backend was up in time, and the schedule doesn't catch up on it; or the schedule
    /// was changed, and by its new times the date's time was over.
    MISSED;

    /// Whether the date may be run by a person: nothing of it was done, or it failed.
    public boolean runnable() {
        return this != STARTED && this != DONE;
    }
}
