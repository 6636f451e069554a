package dev.slipway.backend.tasks.picture;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.Reason;
import dev.slipway.api.access.Role;
import dev.slipway.api.tasks.Picture;
import dev.slipway.api.tasks.PictureRun;
import dev.slipway.api.tasks.PictureState;
import dev.slipway.backend.http.Answer;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.Request;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Runs over the folder of product pictures, and what was made.
public final class PictureRoutes implements Routes {
    private static final Set<Role> MAKERS = Set.of(Role.OPERATOR, Role.ONCALL);
    private final PictureService pictures;

    PictureRoutes(PictureService pictures) {
        this.pictures = pictures;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                read(Paths.PICTURE_RUNS, "Runs, the newest first", PictureRun.class, this::runs)
                        .listed(),
                write(Paths.PICTURE_RUNS, "Go through the folder of pictures", this::start),
                read(
                        Paths.PICTURE_RUN,
                        "One run",
                        PictureRun.class,
                        r -> pictures.run(r.path("id"))),
                new Route(
                                "POST",
                                Paths.PICTURE_UPLOAD,
                                MAKERS,
                                "Put one picture into the folder and make its sizes",
                                byte[].class,
                                PictureRun.class,
                                this::upload)
                        .with("name", "its file name: the ending must be right"),
                write(Paths.PICTURE_RUN_CANCEL, "Stop a run; what was made stands", this::cancel),
                read(Paths.PICTURES, "The files of a run by name", Picture.class, this::pictures)
                        .paged()
                        .with("state", "only those in it: made, known or rejected"),
                read(Paths.PICTURE_FILE, "One file that was made", byte[].class, this::file)
                        .shaped(Route.Shape.FILE));
    }

    private List<PictureRun> runs(Request request) {
        return pictures.runs(request.query("limit", 50, 1, 200));
    }

    private Effect<Answer> start(Request request) {
        String reason = request.body(Reason.class).reason();
        return pictures.start(request.user())
                .answered(
                        run -> {
                            request.audit("picture run " + run.id(), reason);
                            return Answer.accepted(run);
                        });
    }

    private Effect<Answer> upload(Request request) throws IOException {
        String name = request.query("name").orElse("");
        request.audit("picture " + name, "");
        return pictures.upload(name, request.body(byte[].class), request.user())
                .answered(Answer::accepted);
    }

    private Effect<PictureRun> cancel(Request request) {
        String reason = request.body(Reason.class).reason();
        request.audit("picture run " + request.path("id"), reason);
        return pictures.cancel(request.path("id"), reason, request.user());
    }

    private Page<Picture> pictures(Request request) {
        int limit = request.query("limit", 200, 1, 1_000);
        String state = request.query("state").orElse("").toUpperCase(Locale.ROOT);
        if (!state.isEmpty()
                && Arrays.stream(PictureState.values()).noneMatch(s -> s.name().equals(state))) {
            throw Refused.badRequest("state", "One of made, known, rejected.");
        }
        List<Picture> found =
                pictures.pictures(
                        request.path("id"), state, request.query("after").orElse(""), limit + 1);
        boolean more = found.size() > limit;
        List<Picture> shown = more ? found.subList(0, limit) : found;
        return new Page<>(shown, more ? shown.getLast().name() : null, null);
    }

    private Answer file(Request request) throws IOException {
        Path file =
                pictures.file(request.path("sha256"), request.path("file"))
                        .orElseThrow(
                                () ->
                                        Refused.notFound(
                                                "picture",
                                                request.path("sha256")
                                                        + "/"
                                                        + request.path("file")));
        return new Answer(
                200, Files.readAllBytes(file), Map.of("Content-Type", "application/octet-stream"));
    }

    private static Route read(String path, String summary, Class<?> item, Route.Handler handler) {
        return new Route("GET", path, Route.ANYONE_LOGGED_IN, summary, null, item, handler);
    }

    private static Route write(String path, String summary, Route.Handler handler) {
        return new Route("POST", path, MAKERS, summary, Reason.class, PictureRun.class, handler);
    }
}
