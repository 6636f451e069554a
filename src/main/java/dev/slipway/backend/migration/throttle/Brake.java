package dev.slipway.backend.migration.throttle;

import dev.slipway.api.migration.Waiting;
import dev.slipway.backend.migration.plan.Window;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A plan's window and ceilings as one gate.
public final class Brake implements Gate {
    private final Window window;
    private final InstantSource clock;
    private final List<Watch> watches = new ArrayList<>();
    private volatile @Nullable Instant closedSince;

    /// @param window [Window#ALWAYS] if it is not to be looked at
    public Brake(Window window, InstantSource clock) {
        this.window = window;
        this.clock = clock;
    }

    /// Watches a figure from now on; it is closed with this.
    public Brake watch(Ceiling ceiling, Gauge gauge) {
        watches.add(new Watch(ceiling, gauge, clock).start());
        return this;
    }

    @Override
    public Word word() {
        Instant now = clock.instant();
        if (!window.open(now)) {
            Instant since = closedSince == null ? now : closedSince;
            closedSince = since;
            return new Word.Closed(closed(window, now, since));
        }
        closedSince = null;
        for (Watch each : watches) {
            var why = each.ceiling().waiting(now);
            if (why.isPresent()) {
                return new Word.Wait(why.get());
            }
        }
        return new Word.Go();
    }

    /// What a run waits for whose window is closed.
    public static Waiting closed(Window window, Instant now, Instant since) {
        return window.opens(now)
                .map(opens -> new Waiting("the window is closed (" + window + ")", since, opens))
                .orElseGet(
                        () -> new Waiting("the window never opens (" + window + ")", since, null));
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }
}
