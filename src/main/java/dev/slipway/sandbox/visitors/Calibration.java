package dev.slipway.sandbox.visitors;

import java.io.IOException;

/// Finds a rate that suits the machine: measures what the legacy shop's pages cost here when no one
/// else asks, and lets in as many visitors as make it suffer without breaking it.
final class Calibration {
    private static final int WARM_UP = 8;
    private static final int MEASURED = 24;

    /// Pages' worth of work that come in per second. One such page occupies one of the machine's
    /// processors, so that this is the part of one processor that legacy is busy.
    private static final double LOAD = 0.6;

    private Calibration() {}

    /// @return requests per second
    static double measure(Habits habits, Assortment.Fetch legacy)
            throws IOException, InterruptedException {
        pages(habits, legacy, WARM_UP);
        long start = System.nanoTime();
        pages(habits, legacy, MEASURED);
        double perPage = (System.nanoTime() - start) / 1e9 / MEASURED;
        return Math.clamp(Math.round(10 * LOAD / perPage) / 10.0, 0.5, 100);
    }

    /// Only pages: an order would change the shop.
    private static void pages(Habits habits, Assortment.Fetch legacy, int count)
            throws IOException, InterruptedException {
        for (int done = 0; done < count; ) {
            Visit visit = habits.next();
            if (visit.order() == null) {
                legacy.get(visit.target());
                done++;
            }
        }
    }
}
