package dev.slipway.client.kept;

import dev.slipway.api.events.Kind;
import dev.slipway.api.tasks.Export;
import dev.slipway.client.offline.Query;
import dev.slipway.client.offline.Shelf;

import java.util.Comparator;
import java.util.List;

/// What is kept of exports. Their files are not: they are saved where someone wants them.
public final class Exports {
    private Exports() {}

    /// The exports, the newest first.
    public static Query<List<Export>> all() {
        return Shelf.all(
                Kind.EXPORT,
                Export.class,
                Comparator.comparing(Export::createdAt).thenComparing(Export::id).reversed());
    }
}
