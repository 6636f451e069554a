package dev.slipway.backend.queues;

import dev.slipway.backend.http.Refused;

/// Where a walk over jobs stands. Failed jobs are walked by when they failed, others by when they
/// were published; the number decides among equals.
///
/// @param at when the job ended, in milliseconds since 1970; not looked at where jobs are walked by
///   their number alone
/// @param seq the job's number
public record Place(long at, long seq) {
    /// Before every job.
    public static final Place FIRST = new Place(Long.MIN_VALUE, Long.MIN_VALUE);

    /// After every job.
    public static final Place LAST = new Place(Long.MAX_VALUE, Long.MAX_VALUE);

    /// After every job that had ended by a moment.
    public static Place after(long millis) {
        return new Place(millis, Long.MAX_VALUE);
    }

    /// The cursor of a list that goes on from here.
    String cursor(boolean byEnd) {
        return byEnd ? at + "." + seq : Long.toString(seq);
    }

    static Place of(String cursor, boolean byEnd) {
        int dot = cursor.indexOf('.');
        try {
            if (byEnd == dot > 0) {
                return new Place(
                        byEnd ? Long.parseLong(cursor.substring(0, dot)) : Long.MAX_VALUE,
                        Long.parseLong(cursor.substring(dot + 1)));
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw Refused.badRequest("after", "Not a cursor that this list gave for these filters.");
    }
}
