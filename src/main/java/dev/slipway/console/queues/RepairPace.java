package dev.slipway.console.queues;

import dev.slipway.api.queues.StartRepair;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import java.util.Optional;
import java.util.OptionalInt;

/// How fast a repair is to go and when it stops, as someone types it.
public final class RepairPace {
    private static final int MOST_RATE = 10_000;
    private static final int MOST_PROBES = 20;

    private final StringProperty rate =
            new SimpleStringProperty(this, "rate", "" + StartRepair.RATE);
    private final StringProperty probe =
            new SimpleStringProperty(this, "probe", "" + StartRepair.PROBE);
    private final StringProperty stop =
            new SimpleStringProperty(this, "stop", "" + StartRepair.STOP_PERCENT);

    /// What is typed; empty if a figure is none, or beyond what may be.
    Optional<StartRepair> how(String reason) {
        OptionalInt perSecond = whole(rate, MOST_RATE);
        OptionalInt probes = whole(probe, MOST_PROBES);
        OptionalInt percent = whole(stop, 100);
        return perSecond.isPresent() && probes.isPresent() && percent.isPresent()
                ? Optional.of(
                        new StartRepair(
                                perSecond.getAsInt(),
                                probes.getAsInt(),
                                percent.getAsInt(),
                                reason))
                : Optional.empty();
    }

    private static OptionalInt whole(StringProperty field, int most) {
        String typed = field.get().strip().replace(",", "");
        if (!typed.matches("\\d{1,6}")) {
            return OptionalInt.empty();
        }
        int n = Integer.parseInt(typed);
        return n >= 1 && n <= most ? OptionalInt.of(n) : OptionalInt.empty();
    }

    void show(StartRepair how) {
        rate.set("" + how.rate());
        probe.set("" + how.probe());
        stop.set("" + how.stopPercent());
    }

    /// Jobs per second at most.
    public StringProperty rate() {
        return rate;
    }

    /// How many go first, to see whether they still fail.
    public StringProperty probe() {
        return probe;
    }

    /// The percentage of those that fail again at which it stops.
    public StringProperty stop() {
        return stop;
    }
}
