package dev.slipway.console.queues;

import dev.slipway.api.tasks.WorkerPool;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// The workers that are started on demand: how many run and for which types, and what keeps others
/// from being started. Both are empty where the backend starts none.
public final class PoolText {
    private final Wording words;
    private final ReadOnlyStringWrapper stands = new ReadOnlyStringWrapper(this, "stands", "");
    private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper(this, "trouble", "");

    PoolText(Wording words) {
        this.words = words;
    }

    public void show(LoadState<List<WorkerPool>> fresh) {
        List<WorkerPool> pools = fresh.value().orElse(List.of());
        stands.set(pools.isEmpty() ? "" : told(pools.getFirst()));
        trouble.set(
                pools.isEmpty() ? "" : Objects.requireNonNullElse(pools.getFirst().trouble(), ""));
    }

    private String told(WorkerPool pool) {
        return words.say(
                "pool.stands",
                pool.running().size(),
                pool.atMost(),
                String.join(", ", pool.types()),
                Figures.duration(Duration.ofSeconds(pool.idleSeconds())));
    }

    public ReadOnlyStringProperty stands() {
        return stands.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty trouble() {
        return trouble.getReadOnlyProperty();
    }
}
