package dev.slipway.backend.migration.command;

import dev.slipway.api.migration.RunState;

/// What `slipway migrate` comes to, by its exit code.
enum Ending {
    /// Everything stands in the target, and every check is green.
    VALIDATED(0),
    /// Everything is copied, but a check is red.
    RED(1),
    /// Wrong arguments, configuration or plan: nothing was written.
    WRONG(2),
    /// A database failed, or Slipway has a fault: what was copied stands.
    FAILED(3),
    /// It may not begin or go on, or was paused or cancelled, or waits for what never comes.
    STOPPED(4);

    private final int code;

    Ending(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Ending of(RunState state) {
        return switch (state) {
            case VALIDATED -> VALIDATED;
            case INVALID -> RED;
            case FAILED -> FAILED;
            case QUEUED, RUNNING, PAUSING, PAUSED, CANCELLING, CANCELLED -> STOPPED;
        };
    }
}
