package dev.slipway.testing;

import org.testfx.util.WaitForAsyncUtils;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/// What goes wrong on the toolkit's own threads, where no test waits for it. By itself it would be
/// told to whichever test types next.
final class Faults {
    /// The headless screen has 1000 by 1000 pixels: the part of a popup that lies beyond is not cut
    /// off, and the picture of it is not taken.
    private static final String CANVAS = "com.sun.glass.ui.headless.HeadlessWindow";

    private Faults() {}

    /// From here on they are kept.
    static void keep() {
        WaitForAsyncUtils.autoCheckException = false;
        WaitForAsyncUtils.clearExceptions();
    }

    /// @throws AssertionError if there was one
    static void none() {
        while (true) {
            try {
                WaitForAsyncUtils.checkException();
                return;
            } catch (Throwable fault) { // what it is declared to throw: whatever went wrong there
                if (!ofTheCanvas(fault)) {
                    throw new AssertionError("a fault on a thread of the toolkit", fault);
                }
            }
        }
    }

    private static boolean ofTheCanvas(Throwable fault) {
        return Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
                .flatMap(each -> Arrays.stream(each.getStackTrace()))
                .anyMatch(frame -> frame.getClassName().equals(CANVAS));
    }
}
