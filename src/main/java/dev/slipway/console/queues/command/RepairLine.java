package dev.slipway.console.queues.command;

import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.RepairProgress;
import dev.slipway.api.queues.Untouched;

import java.util.Locale;

/// A repair as a line of text.
final class RepairLine {
    private RepairLine() {}

    static String of(Repair repair) {
        RepairProgress p = repair.progress();
        long total = repair.preview().total();
        String note = repair.note().isEmpty() ? "" : "  " + repair.note();
        String took = p.seconds() == null ? "" : "  about " + p.seconds() + " s";
        return switch (repair.state()) {
            case COUNTING -> counting(repair);
            case COUNTED -> "%,d failed jobs match.%s%s".formatted(total, took, untouched(repair));
            case PROBING -> "%,d of %,d went first%s".formatted(p.moved(), total, note);
            case RUNNING ->
                    "%,d of %,d  %.0f/s%s%s%s"
                            .formatted(p.moved(), total, p.rateNow(), took, outcomes(p), note);
            case PAUSED, SETTLING, STOPPED, CANCELLED, DONE, EXPIRED ->
                    "%s: %,d of %,d%s%s%s"
                            .formatted(
                                    repair.state().name().toLowerCase(Locale.ROOT),
                                    p.moved(),
                                    total,
                                    outcomes(p),
                                    note,
                                    untouched(repair));
        };
    }

    private static String counting(Repair repair) {
        return "counting: %,d match, of %,d looked at"
                .formatted(repair.preview().total(), repair.preview().searched());
    }

    private static String outcomes(RepairProgress p) {
        return "  %,d succeeded, %,d failed again, %,d not ended"
                .formatted(p.succeeded(), p.failed(), p.waiting());
    }

    private static String untouched(Repair repair) {
        var text = new StringBuilder();
        for (Untouched left : repair.preview().untouched()) {
            text.append(
                    "  left alone: %,d%s %s"
                            .formatted(
                                    left.count(),
                                    left.orMore() ? "+" : "",
                                    left.cause().name().toLowerCase(Locale.ROOT)));
        }
        return text.toString();
    }
}
