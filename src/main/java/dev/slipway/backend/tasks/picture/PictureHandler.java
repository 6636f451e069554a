package dev.slipway.backend.tasks.picture;

import dev.slipway.api.tasks.Picture;
import dev.slipway.api.tasks.PictureRunState;
import dev.slipway.api.tasks.PictureState;
import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.queues.JobFailure;
import dev.slipway.backend.queues.JobHandler;
import dev.slipway.backend.store.StateStore;
import dev.slipway.backend.tasks.picture.PictureStore.Held;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Goes through the folder of product pictures. A file that is not taken is written down with its
/// reason and never ends the run. Begun again it goes on behind the files that were looked at.
final class PictureHandler implements JobHandler {
    static final String TYPE = "picture.folder";
    static final int ATTEMPTS = 5;
    private static final Duration TELL = Duration.ofSeconds(1);
    private static final int AT_ONCE = 100;

    private final StateStore store;
    private final PictureStore pictures;
    private final PictureSettings settings;
    private final Studio studio;
    private final InstantSource clock;

    PictureHandler(
            StateStore store,
            PictureStore pictures,
            PictureSettings settings,
            InstantSource clock) {
        this.store = store;
        this.pictures = pictures;
        this.settings = settings;
        this.studio = new Studio(settings);
        this.clock = clock;
    }

    /// The payload.
    ///
    /// @param only the one file that is looked at, or null for the whole folder
    record Order(String run, @Nullable String only) {}

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void run(JobContext job) throws Exception {
        Order order = job.payload(Order.class);
        String id = order.run();
        var begun = store.write(handle -> pictures.begin(handle, id, clock.instant()));
        if (begun.isEmpty()) {
            job.log("There is nothing to do: the run was cancelled or is done.");
            return;
        }
        try {
            if (through(job, begun.get(), order.only())) {
                store.writing(
                        handle ->
                                pictures.end(
                                        handle, id, PictureRunState.DONE, null, clock.instant()));
            }
        } catch (IOException e) {
            boolean last = job.attempt() >= ATTEMPTS;
            String why =
                    "The folder of pictures can't be read or written: "
                            + e.getMessage()
                            + ". What was made so far stands.";
            if (last) {
                store.writing(
                        handle ->
                                pictures.end(
                                        handle, id, PictureRunState.FAILED, why, clock.instant()));
            }
            throw new JobFailure(why, !last, e);
        }
    }

    /// @return whether it came to the end
    private boolean through(JobContext job, Held held, @Nullable String only) throws IOException {
        List<String> names = only == null ? names() : List.of(only);
        Set<String> seen = store.read(handle -> pictures.seen(handle, held.id()));
        List<Picture> fresh = new ArrayList<>();
        Instant told = clock.instant();
        long done = 0;
        for (String name : names) {
            done++;
            if (seen.contains(name)) {
                continue;
            }
            fresh.add(look(held.id(), name));
            Instant now = clock.instant();
            if (fresh.size() >= AT_ONCE || !now.isBefore(told.plus(TELL))) {
                told = now;
                job.progress(done, names.size());
                if (!tell(held, names.size(), fresh) || job.stopping()) {
                    return false;
                }
            }
        }
        job.progress(done, names.size());
        return tell(held, names.size(), fresh);
    }

    private boolean tell(Held held, long total, List<Picture> fresh) {
        List<Picture> some = List.copyOf(fresh);
        fresh.clear();
        return store.write(handle -> pictures.progress(handle, held, total, some));
    }

    /// Links are not followed: they lead out of the folder.
    private List<String> names() throws IOException {
        try (var files = Files.walk(settings.in(), new FileVisitOption[0])) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> settings.in().relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !name.startsWith(".") && !name.contains("/."))
                    .sorted()
                    .toList();
        } catch (java.io.UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Picture look(String run, String name) throws OutputFailed {
        Path file = settings.in().resolve(name);
        try {
            Studio.Made made = studio.make(file);
            Outline outline = made.outline();
            return new Picture(
                    run,
                    name,
                    made.fresh() ? PictureState.MADE : PictureState.KNOWN,
                    made.sha256(),
                    outline.form().name(),
                    outline.width(),
                    outline.height(),
                    bytes(file),
                    made.files(),
                    List.of(),
                    null);
        } catch (Rejected e) {
            return rejected(run, name, file, String.valueOf(e.getMessage()));
        } catch (OutputFailed e) {
            throw e;
        } catch (IOException e) {
            return rejected(run, name, file, "It can't be read: " + e.getMessage());
        } catch (RuntimeException e) { // one picture must never end the others
            return rejected(run, name, file, "It can't be worked on: " + e);
        }
    }

    private static Picture rejected(String run, String name, Path file, String why) {
        return new Picture(
                run,
                name,
                PictureState.REJECTED,
                null,
                null,
                null,
                null,
                bytes(file),
                List.of(),
                List.of(),
                why);
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
