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

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
        Path in = configured().in();
        if (!Files.isDirectory(in)) {
            throw Refused.conflict(
                    "There is no folder " + in + "; nothing was started. Make it, then try again.");
        }
        return begun(user, null);
    }

    /// Puts a picture into the folder, below `uploaded`, and makes its sizes.
    ///
    /// @throws Refused 422 saying why it is not taken, 409 as [#start], or if another picture of
    ///   that name is there
    Effect<PictureRun> upload(String name, byte[] bytes, String user) throws IOException {
        PictureSettings known = configured();
        store.read(
                handle -> {
                    refuseIfOpen(handle);
                    return name;
                });
        return begun(user, new Inbox(known, clock).put(name, bytes));
    }

    private PictureSettings configured() {
        return settings.orElseThrow(
                () ->
                        new Refused(
                                409,
                                "not-configured",
                                "Pictures are not configured: the configuration file has no"
                                        + " section 'pictures'.",
                                List.of()));
    }

    private void refuseIfOpen(Handle handle) {
        if (pictures.anyOpen(handle)) {
            throw Refused.conflict("A run over the pictures is under way; nothing was started.");
        }
    }

    /// @param only the one file that is looked at, or null for all
    private Effect<PictureRun> begun(String user, @Nullable String only) {
        return Effect.of(
                handle -> {
                    pictures.endOrphans(handle, clock.instant());
                    refuseIfOpen(handle);
                    String id = UUID.randomUUID().toString();
                    pictures.add(handle, id, user, clock.instant());
                    String job =
                            queue.publish(
                                    handle,
                                    new NewJob(
                                            "pictures",
                                            PictureHandler.TYPE,
                                            only == null ? "product pictures" : only,
                                            "pictures/" + id,
                                            new PictureHandler.Order(id, only),
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
        List<Picture> found =
                store.read(handle -> pictures.pictures(handle, id, state, after, limit));
        return found.stream().map(this::measured).toList();
    }

    /// With the sizes of its files as they now lie there.
    private Picture measured(Picture picture) {
        List<Long> sizes = new ArrayList<>();
        for (String file : picture.files()) {
            settings.map(s -> s.out().resolve(file))
                    .filter(Files::isRegularFile)
                    .map(path -> path.toFile().length())
                    .ifPresent(sizes::add);
        }
        boolean all = sizes.size() == picture.files().size();
        return new Picture(
                picture.runId(),
                picture.name(),
                picture.state(),
                picture.sha256(),
                picture.form(),
                picture.width(),
                picture.height(),
                picture.bytes(),
                picture.files(),
                all ? sizes : List.of(),
                picture.reason());
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
