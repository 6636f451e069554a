package dev.slipway.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects everything that is wrong in a file, so that it is all told at once.
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    public void add(int line, int column, String message) {
        found.add(new Problem(line, column, message));
    }

    /// All problems so far, in the order of their lines.
    public List<Problem> all() {
        return found.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }

    public boolean none() {
        return found.isEmpty();
    }

    /// Ends the reading of `file` if anything was wrong.
    ///
    /// @throws BadFile naming every problem
    public void throwIfAny(String file) {
        if (!none()) {
            throw new BadFile(file, all());
        }
    }
}
