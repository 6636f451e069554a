package dev.slipway.console.migration;

import dev.slipway.api.migration.Replayed;
import dev.slipway.api.migration.RunState;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Collectors;

/// What the replays of the run that is looked at came to.
public final class ReplaysViewModel {
    private static final int REASONS = 5;
    private final Wording words;
    private final ReadOnlyStringWrapper outcome = new ReadOnlyStringWrapper(this, "outcome", "");
    private List<Replayed> replays = List.of();
    private int awaited;

    ReplaysViewModel(Wording words) {
        this.words = words;
    }

    /// A replay was asked for: until a worker has begun it, it is waited for.
    void asked() {
        awaited = latest() + 1;
        outcome.set(words.say("workbench.waits"));
    }

    public void show(LoadState<Listing<Replayed>> fresh) {
        replays = fresh.value().map(Listing::items).orElse(List.of());
        if (latest() >= awaited) {
            tell();
        }
    }

    /// Notes how the run stands: once it no longer runs no replay is to be waited for.
    public void runIs(@Nullable RunState state) {
        if (state != RunState.RUNNING && awaited > 0) {
            tell();
        }
    }

    /// Whether a replay is under way, or was asked for.
    public boolean underWay() {
        return awaited > 0 || (!replays.isEmpty() && replays.getFirst().endedAt() == null);
    }

    private void tell() {
        awaited = 0;
        outcome.set(replays.isEmpty() ? "" : describe(replays.getFirst()));
    }

    private int latest() {
        return replays.isEmpty() ? 0 : replays.getFirst().number();
    }

    private String describe(Replayed replayed) {
        String reasons =
                replayed.refusals().stream()
                        .limit(REASONS)
                        .map(
                                r ->
                                        words.say(
                                                "workbench.refusal",
                                                Figures.count(r.rows()),
                                                r.step(),
                                                r.column(),
                                                r.reason()))
                        .collect(Collectors.joining("; "));
        String key = replayed.endedAt() == null ? "workbench.underWay" : "workbench.outcome";
        return words.say(
                        key,
                        Figures.count(replayed.tried()),
                        Figures.count(replayed.written()),
                        Figures.count(replayed.merged()),
                        Figures.count(replayed.skipped()),
                        Figures.count(replayed.refused()),
                        Figures.count(replayed.wanted()),
                        replayed.startedBy(),
                        reasons.isEmpty() ? "" : words.say("workbench.refusals", reasons))
                .strip();
    }

    /// What the latest replay came to.
    public ReadOnlyStringProperty outcome() {
        return outcome.getReadOnlyProperty();
    }
}
