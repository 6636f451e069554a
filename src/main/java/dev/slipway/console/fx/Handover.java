package dev.slipway.console.fx;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/// The UI's work while a window is put together on another thread, because the toolkit still
/// starts: whoever puts it together does what comes; once it is handed over the UI thread does.
public final class Handover implements Executor {
    private final Executor ui;
    private final Queue<Runnable> held = new ArrayDeque<>();
    private volatile boolean over;

    /// @param ui who does all work after the hand-over
    public Handover(Executor ui) {
        this.ui = ui;
    }

    @Override
    public void execute(Runnable work) {
        if (over || !hold(work)) {
            ui.execute(work);
        }
    }

    private synchronized boolean hold(Runnable work) {
        return !over && held.add(work);
    }

    /// Does what has come so far; on the thread that puts the window together.
    public void work() {
        for (Runnable next = next(false); next != null; next = next(false)) {
            next.run();
        }
    }

    /// From now on all is done by the UI; on its thread. What is still held is done first.
    public void over() {
        for (Runnable next = next(true); next != null; next = next(true)) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable next(boolean last) {
        Runnable next = held.poll();
        over = last && next == null;
        return next;
    }
}
