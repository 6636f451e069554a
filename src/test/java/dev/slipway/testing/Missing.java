package dev.slipway.testing;

import org.opentest4j.TestAbortedException;

/// What a test says when a server that it needs can't be had on this machine.
///
/// On a developer's machine the test is skipped and its report says why. Where
/// `SLIPWAY_TEST_NOTHING_SKIPPED` is `true`, as in `.ci/run`, it fails instead: a check that did
/// not run must not look like one that passed.
public final class Missing {
    private static final String STRICT = "SLIPWAY_TEST_NOTHING_SKIPPED";

    private Missing() {}

    /// @param why the server and the reason, for example `no Redis: redis-server is not installed`
    public static RuntimeException skip(String why) {
        if ("true".equals(System.getenv(STRICT))) {
            throw new IllegalStateException(why + " (and " + STRICT + " is set)");
        }
        System.out.println("skipped: " + why);
        return new TestAbortedException("skipped: " + why);
    }
}
