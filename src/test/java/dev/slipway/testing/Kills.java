package dev.slipway.testing;

import java.util.Random;

/// How often tests kill, and when: `-Dslipway.kills=20` kills more often, `-Dslipway.restarts=5`
/// restarts a database more often, `-Dslipway.seed=…` at the moments of an earlier run, as far as
/// the machine lets it.
public final class Kills {
    private Kills() {}

    /// @param usual how often in an ordinary build
    public static int number(int usual) {
        return Integer.getInteger("slipway.kills", usual);
    }

    /// @param usual how often each database is restarted in an ordinary build
    public static int restarts(int usual) {
        return Integer.getInteger("slipway.restarts", usual);
    }

    /// A fresh seed each time, which is printed.
    public static Random random(Class<?> test) {
        long seed = Long.getLong("slipway.seed", new Random().nextInt(1_000_000_000));
        System.out.println(test.getSimpleName() + ": -Dslipway.seed=" + seed);
        return new Random(seed);
    }
}
