package dev.slipway.backend.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/// One client's stream from its beginning to its end: first what it missed, or `reset` if that
/// can't be told, then what happens.
final class Subscription {
    private final LiveStream stream;
    private final OutputStream out;
    private final BooleanSupplier stillAllowed;
    private final long heartbeat;
    private final InstantSource clock;
    private long seen;

    Subscription(
            LiveStream stream,
            OutputStream out,
            BooleanSupplier stillAllowed,
            Duration heartbeat,
            InstantSource clock) {
        this.stream = stream;
        this.out = out;
        this.stillAllowed = stillAllowed;
        this.heartbeat = heartbeat.toNanos();
        this.clock = clock;
    }

    /// Runs until the client is gone, dropped, or no longer allowed to listen.
    ///
    /// @param lastEventId what the client saw last; empty if it begins
    void run(String lastEventId) throws IOException, InterruptedException {
        var listener = new Listener(Thread.currentThread());
        long live = stream.join(listener);
        try {
            catchUp(lastEventId, live);
            follow(listener);
        } finally {
            stream.leave(listener);
        }
    }

    /// What was missed comes from the log, as far as that reaches now; what the listener brings of
    /// it once more is passed over.
    private void catchUp(String lastEventId, long live) throws IOException {
        seen = live;
        if (lastEventId.isEmpty()) {
            return;
        }
        long from = parse(lastEventId);
        if (from < 0) {
            reset(live);
            return;
        }
        List<Frame> page = stream.after(from);
        while (page != null && !page.isEmpty()) {
            for (Frame frame : page) {
                out.write(frame.bytes());
            }
            from = page.getLast().seq();
            page = stream.after(from);
        }
        if (page == null) {
            reset(live);
        } else {
            seen = Math.max(from, live);
        }
    }

    private void reset(long live) throws IOException {
        write(Frame.logged(stream.epoch() + ":" + live, live, "reset", "{}"));
    }

    /// The place in our log, or -1 if the id is of another log.
    private long parse(String eventId) {
        String prefix = stream.epoch() + ":";
        String seq = eventId.startsWith(prefix) ? eventId.substring(prefix.length()) : "";
        return seq.matches("[0-9]{1,18}") ? Long.parseLong(seq) : -1;
    }

    private void follow(Listener listener) throws IOException, InterruptedException {
        long next = System.nanoTime();
        while (true) {
            long wait = next - System.nanoTime();
            if (wait <= 0) {
                if (!stillAllowed.getAsBoolean()) {
                    return;
                }
                write(Frame.passing("heartbeat", "{\"now\":\"" + clock.instant() + "\"}"));
                next = System.nanoTime() + heartbeat;
            } else {
                Frame frame = listener.next(wait);
                if (frame != null && (frame.seq() == 0 || frame.seq() > seen)) {
                    write(frame);
                }
            }
        }
    }

    private void write(Frame frame) throws IOException {
        out.write(frame.bytes());
        out.flush();
    }
}
