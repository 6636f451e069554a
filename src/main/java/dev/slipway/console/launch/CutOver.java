package dev.slipway.console.launch;

import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunSync;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Wording;
import dev.slipway.console.migration.Readiness;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Whether one could cut over now: how the syncs stand that keep the new shop's database up to
/// date.
public final class CutOver {
    private final InstantSource clock;
    private final Wording words;
    private final ReadOnlyObjectWrapper<LoadState<List<RunSync>>> syncs =
            new ReadOnlyObjectWrapper<>(this, "syncs", new LoadState.Idle<>());
    private List<Run> runs = List.of();
    private final ReadOnlyObjectWrapper<@Nullable Readiness> readiness =
            new ReadOnlyObjectWrapper<>(this, "readiness", null);

    CutOver(InstantSource clock, Wording words) {
        this.clock = clock;
        this.words = words;
    }

    /// Takes how the syncs stand.
    public void showSyncs(LoadState<List<RunSync>> fresh) {
        syncs.set(fresh);
        judge();
    }

    /// Takes how the runs ended that the syncs follow.
    public void showRuns(LoadState<List<Run>> fresh) {
        runs = fresh.value().orElse(List.of());
        judge();
    }

    /// Says it anew, for what stands has grown older.
    void judge() {
        Instant now = clock.instant();
        boolean heard = syncs.get() instanceof LoadState.Ready;
        readiness.set(
                syncs.get()
                        .value()
                        .map(all -> Readiness.of(all, runs, heard, now, words))
                        .orElse(null));
    }

    public ReadOnlyObjectProperty<LoadState<List<RunSync>>> syncs() {
        return syncs.getReadOnlyProperty();
    }

    /// Whether one could cut over now; null until anything was shown.
    public ReadOnlyObjectProperty<@Nullable Readiness> readiness() {
        return readiness.getReadOnlyProperty();
    }
}
