package dev.slipway.backend.tasks.picture;

import static java.lang.System.Logger.Level.ERROR;

import dev.slipway.backend.store.StateStore;

import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Ends runs over the pictures that no worker will ever take, so that no one waits for them. One
/// runs in each server; what two of them do is the same as what one does.
final class PictureSweep implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PictureSweep.class.getName());
    private static final int FIRST_SECONDS = 5;
    private static final int EVERY_SECONDS = 30;

    private final StateStore store;
    private final PictureStore pictures;
    private final InstantSource clock;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("picture-sweep").daemon().factory());

    PictureSweep(StateStore store, PictureStore pictures, InstantSource clock) {
        this.store = store;
        this.pictures = pictures;
        this.clock = clock;
    }

    void start() {
        timer.scheduleWithFixedDelay(this::quietly, FIRST_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        // waits for what runs: the database is closed next
        timer.close();
    }

    private void quietly() {
        try {
            sweep();
        } catch (Exception e) { // the timer's boundary: it must come again
            LOG.log(ERROR, "the runs over pictures could not be swept", e);
        }
    }

    void sweep() {
        store.writing(handle -> pictures.endOrphans(handle, clock.instant()));
    }
}
