package dev.slipway.api.queues;

/// How a repair goes: the body of `POST /api/v1/repairs/{id}/start`, and part of a repair.
///
/// @param rate the most jobs per second, 1 to 10,000; reached by doubling
/// @param probe how many jobs go first, 1 to 20; not used by a discard
/// @param stopPercent the share of the latest outcomes, in percent from 1 to 100, that stops the
///   repair when as many have failed again; not used by a discard
/// @param reason goes into the audit log; may be empty, but not for a discard
public record StartRepair(int rate, int probe, int stopPercent, String reason) {
    public static final int RATE = 200;

    public static final int PROBE = 1;
    public static final int STOP_PERCENT = 10;

    /// How long one rate is kept until it is doubled, in seconds.
    public static final int STEP = 2;

    /// What holds unless someone chooses otherwise.
    public static final StartRepair STANDARD = new StartRepair(RATE, PROBE, STOP_PERCENT, "");

    private static final double FIRST = 1 / 16.0;

    /// The rate that a repair begins with, in jobs per second.
    public static double firstRate(int rate) {
        return Math.max(1, rate * FIRST);
    }

    /// How long some jobs take from a rate that doubles up to another one.
    ///
    /// @return whole seconds, rounded up
    public static long seconds(long jobs, double rateNow, int rate) {
        double left = jobs;
        double at = rateNow;
        long seconds = 0;
        while (at < rate && left > at * STEP) {
            left -= at * STEP;
            seconds += STEP;
            at = Math.min(rate, at * 2);
        }
        return seconds + (long) Math.ceil(left / at);
    }
}
