package dev.slipway.console.migration;

import dev.slipway.api.access.Role;
import dev.slipway.api.migration.Chunk;
import dev.slipway.api.migration.Run;
import dev.slipway.client.kept.Migrations;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Gate;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Pages;

import org.jspecify.annotations.Nullable;

/// Brings the chunks of the run that is looked at into the store: the live stream brings each chunk
/// that ends from then on, the pages those before.
final class ChunkPages {
    private static final int MOST = 20_000;

    private final Pages<String, Chunk> pages;
    private final Commander loader;
    private final Gate online;
    private String loaded = "";

    ChunkPages(ScreenContext context, Access access, Commander loader) {
        this.pages =
                (id, cursor) ->
                        context.store()
                                .load(
                                        Migrations.chunks(id),
                                        cursor == null,
                                        () -> context.client().migrations().chunks(id, cursor));
        this.loader = loader;
        this.online = access.to(Role.values());
    }

    void follow(@Nullable Run run) {
        if (run == null || !online.open() || !loader.busy().get().isEmpty()) {
            return;
        }
        // a step plans its chunks when it begins: only then is there something new to fetch
        String now =
                run.id()
                        + run.state().ended()
                        + run.steps().stream().mapToInt(s -> s.chunks()).sum();
        if (!now.equals(loaded)) {
            loader.quietly(() -> pages.loadAll(run.id(), MOST), _ -> loaded = now);
        }
    }
}
