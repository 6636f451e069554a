package dev.slipway.backend.migration.engine;

import dev.slipway.config.Problems;

/// What is wrong with one step, and whether anything is.
final class Faults {
    private final Problems problems;
    private boolean none = true;

    Faults(Problems problems) {
        this.problems = problems;
    }

    /// @param line of the plan
    void at(int line, String message) {
        problems.add(line, 1, message);
        none = false;
    }

    boolean none() {
        return none;
    }
}
