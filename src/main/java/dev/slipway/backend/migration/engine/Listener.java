package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.Chunk;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.Validation;
import dev.slipway.api.migration.Waiting;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Is told how a run gets on. Called on the run's own thread, at most a few times per chunk.
public interface Listener {
    /// Tells no one.
    Listener NONE = new Listener() {};

    /// A step moved.
    default void step(StepProgress step) {}

    /// A chunk stands in the target.
    default void chunk(Chunk chunk) {}

    /// A chunk put rows into quarantine.
    default void quarantined(List<Quarantined> rows) {}

    /// The run waits, for a reason, or goes on again: then it is null. Called again and again while
    /// it waits.
    default void waiting(@Nullable Waiting why) {}

    /// Something happened that whoever reads the run's log is to know.
    default void told(String what) {}

    /// Something was checked.
    default void validation(Validation validation) {}
}
