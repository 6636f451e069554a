package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.Chunk;
import dev.slipway.api.migration.Waiting;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/// What a run told.
final class Seen implements Listener {
    final List<Chunk> chunks = new CopyOnWriteArrayList<>();
    final AtomicReference<@Nullable Waiting> waiting = new AtomicReference<>();

    @Override
    public void chunk(Chunk chunk) {
        chunks.add(chunk);
    }

    /// The first figures are awaited as well: that is no breach.
    @Override
    public void waiting(@Nullable Waiting why) {
        waiting.set(why != null && why.reason().contains("unknown") ? null : why);
    }
}
