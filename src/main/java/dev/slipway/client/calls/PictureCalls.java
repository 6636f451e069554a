package dev.slipway.client.calls;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.Reason;
import dev.slipway.api.tasks.Picture;
import dev.slipway.api.tasks.PictureRun;
import dev.slipway.api.tasks.PictureState;
import dev.slipway.client.http.Calls;
import dev.slipway.client.http.ProblemException;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// The runs over the folder of product pictures.
public final class PictureCalls {
    private final Calls calls;

    public PictureCalls(Calls calls) {
        this.calls = calls;
    }

    /// Has the backend go through its folder of product pictures.
    public PictureRun start(String reason) throws ProblemException {
        return calls.command("POST", Paths.PICTURE_RUNS, new Reason(reason), PictureRun.class);
    }

    public PictureRun run(String id) throws ProblemException {
        return calls.one(Paths.PICTURE_RUN, PictureRun.class, id);
    }

    /// Puts one picture into the backend's folder and has its sizes made.
    public PictureRun send(String name, byte[] bytes) throws ProblemException {
        var url = calls.url(Paths.PICTURE_UPLOAD).addQueryParameter("name", name);
        return calls.command("POST", url, bytes, PictureRun.class);
    }

    public PictureRun cancel(String runId, String reason) throws ProblemException {
        return calls.command(
                "POST", Paths.PICTURE_RUN_CANCEL, new Reason(reason), PictureRun.class, runId);
    }

    /// A file that was made.
    ///
    /// @param file `SHA-256/NAME`
    public byte[] made(String file) throws ProblemException {
        int slash = file.indexOf('/');
        return calls.bytes(
                calls.url(
                        Paths.PICTURE_FILE,
                        file.substring(0, Math.max(0, slash)),
                        file.substring(slash + 1)));
    }

    /// The files of a run by name.
    ///
    /// @param state those in it alone, or null for all
    public Page<Picture> files(String runId, @Nullable PictureState state, @Nullable String cursor)
            throws ProblemException {
        var url = calls.url(Paths.PICTURES, runId);
        Calls.with(url, "state", state == null ? null : state.name().toLowerCase(Locale.ROOT));
        return calls.page(url, cursor, Picture.class);
    }
}
