package dev.slipway.client;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.Reason;
import dev.slipway.api.tasks.Picture;
import dev.slipway.api.tasks.PictureRun;
import dev.slipway.api.tasks.PictureState;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// The runs over the folder of product pictures.
public final class PictureCalls {
    private final Calls calls;

    PictureCalls(Calls calls) {
        this.calls = calls;
    }

    /// Has the backend go through its folder of product pictures.
    public PictureRun start(String reason) throws ProblemException {
        return calls.command("POST", Paths.PICTURE_RUNS, new Reason(reason), PictureRun.class);
    }

    public PictureRun run(String id) throws ProblemException {
        return calls.one(Paths.PICTURE_RUN, PictureRun.class, id);
    }

    /// The files of a run in one state, by name.
    public Page<Picture> files(String runId, PictureState state, @Nullable String cursor)
            throws ProblemException {
        var url = calls.url(Paths.PICTURES, runId);
        Calls.with(url, "state", state.name().toLowerCase(Locale.ROOT));
        return calls.page(url, cursor, Picture.class);
    }
}
