package dev.slipway.client.kept;

import dev.slipway.api.events.Kind;
import dev.slipway.api.tasks.Picture;
import dev.slipway.api.tasks.PictureRun;
import dev.slipway.api.tasks.PictureState;
import dev.slipway.client.offline.ListQuery;
import dev.slipway.client.offline.Query;
import dev.slipway.client.offline.Shelf;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;

/// What is kept of product pictures.
public final class Pictures {
    private Pictures() {}

    /// The runs, the newest first.
    public static Query<List<PictureRun>> runs() {
        return Shelf.all(
                Kind.PICTURE_RUN,
                PictureRun.class,
                Comparator.comparing(PictureRun::createdAt)
                        .thenComparing(PictureRun::id)
                        .reversed());
    }

    /// The files of a run by name, by pages.
    ///
    /// @param state those in it alone, or null for all
    public static ListQuery<Picture> of(String runId, @Nullable PictureState state) {
        return new ListQuery<>(
                "pictures/" + runId + "/" + (state == null ? "all" : state),
                "picture",
                Picture.class,
                picture -> runId + "|" + picture.name());
    }
}
