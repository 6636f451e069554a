package dev.slipway.backend.tasks.picture;

import dev.slipway.backend.rounds.Rounds;
import dev.slipway.backend.store.StateStore;

import java.time.Duration;
import java.time.InstantSource;

/// Ends runs over the pictures that no worker will ever take, so that no one waits for them. One
/// runs in each server; what two of them do is the same as what one does.
final class PictureSweep implements AutoCloseable {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final StateStore store;
    private final PictureStore pictures;
    private final InstantSource clock;
    private final Rounds rounds = new Rounds(PictureSweep.class, "picture-sweep");

    PictureSweep(StateStore store, PictureStore pictures, InstantSource clock) {
        this.store = store;
        this.pictures = pictures;
        this.clock = clock;
    }

    void start() {
        rounds.every(FIRST, EVERY, "the runs over pictures could not be swept", this::sweep);
    }

    @Override
    public void close() {
        rounds.close();
    }

    void sweep() {
        store.writing(handle -> pictures.endOrphans(handle, clock.instant()));
    }
}
