package dev.slipway.backend.tasks.picture;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.backend.queues.JobHandler;
import dev.slipway.backend.queues.JobQueue;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;
import dev.slipway.backend.stream.SnapshotSource;
import dev.slipway.config.Configuration;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// Everything that product pictures are made with, wired.
public final class Pictures implements AutoCloseable {
    private final PictureService service;
    private final Optional<JobHandler> handler;
    private final PictureSweep sweep;

    /// @param state the folder of the state database
    /// @throws dev.slipway.config.BadFile naming everything that is wrong in the configuration
    public Pictures(
            Configuration configuration,
            Path state,
            StateStore store,
            Events events,
            JobQueue queue,
            ObjectMapper json,
            InstantSource clock) {
        var settings = PictureSettings.read(configuration, state);
        var pictures = new PictureStore(json, events);
        service = new PictureService(settings, store, pictures, queue, clock);
        handler = settings.map(known -> new PictureHandler(store, pictures, known, clock));
        sweep = new PictureSweep(store, pictures, clock);
    }

    public PictureRoutes routes() {
        return new PictureRoutes(service);
    }

    /// Empty if pictures are not configured.
    public Optional<JobHandler> handler() {
        return handler;
    }

    public SnapshotSource snapshot() {
        return service::snapshot;
    }

    /// Begins to end what no worker will take; a server does, a worker doesn't.
    public void start() {
        sweep.start();
    }

    @Override
    public void close() {
        sweep.close();
    }
}
