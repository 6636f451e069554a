package dev.slipway.backend.tasks.picture;

import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;
import dev.slipway.api.tasks.Picture;
import dev.slipway.api.tasks.PictureRun;
import dev.slipway.api.tasks.PictureRunState;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.queues.JobQueue;
import dev.slipway.backend.queues.JobQueue.NewJob;
import dev.slipway.backend.store.StateStore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// What people may do with product pictures.
final class PictureService {
    private static final int IN_SNAPSHOT = 50;

    private final Optional<PictureSettings> settings;
    private final StateStore store;
    private final PictureStore pictures;
    private final JobQueue queue;
    private final InstantSource clock;

    /// @param settings empty if pictures are not configured; then nothing can be started
    PictureService(
            Optional<PictureSettings> settings,
            StateStore store,
            PictureStore pictures,
            JobQueue queue,
            InstantSource clock) {
        this.settings = settings;
        this.store = store;
        this.pictures = pictures;
        this.queue = queue;
        this.clock = clock;
    }

    /// @throws Refused 409 if pictures are not configured, the folder is not there, or a run is
    ///   open
    Effect<PictureRun> start(String user) {
        Path in =
                settings.map(PictureSettings::in)
                        .orElseThrow(
                                () ->
                                        new Refused(
                                                409,
                                                "not-configured",
                                                "Pictures are not configured: the configuration"
                                                        + " file has no section 'pictures'.",
                                                List.of()));
        if (!Files.isDirectory(in)) {
            throw Refused.conflict(
                    "There is no folder " + in + "; nothing was started. Make it, then try again.");
        }
        return Effect.of(
                handle -> {
                    pictures.endOrphans(handle, clock.instant());
                    if (pictures.anyOpen(handle)) {
                        throw Refused.conflict(
                                "A run over the pictures is under way; nothing was started.");
                    }
                    String id = UUID.randomUUID().toString();
                    pictures.add(handle, id, user, clock.instant());
                    String job =
                            queue.publish(
                                    handle,
                                    new NewJob(
                                            "pictures",
                                            PictureHandler.TYPE,
                                            "product pictures",
                                            "pictures/" + id,
                                            new PictureHandler.Order(id),
                                            PictureHandler.ATTEMPTS));
                    return pictures.carriedBy(handle, id, job);
                });
    }

    Effect<PictureRun> cancel(String id, String reason, String user) {
        return Effect.of(
                handle -> {
                    PictureRun before =
                            pictures.find(handle, id)
                                    .orElseThrow(() -> Refused.notFound("picture run", id));
                    String why =
                            "Cancelled by "
                                    + user
                                    + (reason.isBlank() ? "." : ": " + reason.strip());
                    if (!pictures.end(handle, id, PictureRunState.CANCELLED, why, clock.instant())
                            && before.state() != PictureRunState.CANCELLED) {
                        throw Refused.conflict(
                                "The run is %s; nothing was changed."
                                        .formatted(before.state().name().toLowerCase(Locale.ROOT)));
                    }
                    return pictures.find(handle, id).orElseThrow();
                });
    }

    PictureRun run(String id) {
        return store.read(
                handle ->
                        pictures.find(handle, id)
                                .orElseThrow(() -> Refused.notFound("picture run", id)));
    }

    List<PictureRun> runs(int limit) {
        return store.read(handle -> pictures.newest(handle, limit));
    }

    List<Picture> pictures(String id, String state, String after, int limit) {
        run(id);
        return store.read(handle -> pictures.pictures(handle, id, state, after, limit));
    }

    /// A file that was made; empty if there is none, or its name is none that is made.
    Optional<Path> file(String sha256, String name) {
        boolean ours =
                sha256.matches("[0-9a-f]{64}") && name.matches("[a-z0-9-]{1,60}\\.(jpg|png)");
        return settings.filter(_ -> ours)
                .map(s -> s.out().resolve(sha256).resolve(name))
                .filter(Files::isRegularFile);
    }

    /// The newest runs, for a console that starts.
    List<Change> snapshot() {
        Instant now = clock.instant();
        return runs(IN_SNAPSHOT).stream()
                .map(run -> new Change(Kind.PICTURE_RUN.wire(), run.id(), now, run))
                .toList();
    }
}
