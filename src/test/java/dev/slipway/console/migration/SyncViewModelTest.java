package dev.slipway.console.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunSync;
import dev.slipway.api.migration.StartSync;
import dev.slipway.api.migration.SyncPace;
import dev.slipway.api.migration.SyncState;
import dev.slipway.client.offline.LoadState;
import dev.slipway.testing.MuchMigration;
import dev.slipway.testing.Screens;

import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class SyncViewModelTest {
    private final Screens screens = new Screens();
    private final MuchMigration data = new MuchMigration(Screens.NOW);
    private final ReadOnlyObjectWrapper<@Nullable Run> selected = new ReadOnlyObjectWrapper<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private Instant now = Screens.NOW;
    private final SyncViewModel sync =
            new SyncViewModel(
                    new Commands(),
                    screens.commander,
                    screens.access,
                    () -> now,
                    screens.words,
                    selected.getReadOnlyProperty());

    @BeforeEach
    void online() {
        screens.online(Role.OPERATOR);
        selected.set(data.synced());
    }

    @Test
    void saysHowToBegin() {
        show();

        assertThat(sync.headline().get()).contains("No sync yet").contains("Start");
        assertThat(sync.tab().get()).isEqualTo("Sync");
        assertThat(sync.startGate().open()).isTrue();
        assertThat(sync.stopGate().reason().get()).isEqualTo("This run has no sync.");
        selected.set(data.run());
        assertThat(sync.startGate().reason().get()).contains("the run is running");
    }

    @Test
    void saysHowFarBehindItIsAndWhenItWasVerified() {
        show(data.sync(SyncState.CURRENT));

        assertThat(sync.headline().get()).isEqualTo("3 s behind, verified 41 s ago");
        assertThat(sync.tab().get()).isEqualTo("Sync · 3 s behind");
        assertThat(sync.figures().get()).contains("1,204,118 changes").contains("12 waiting");
        assertThat(sync.startGate().reason().get()).contains("goes on already");
        assertThat(sync.stopGate().open()).isTrue();
        assertThat(ready()).isTrue();
    }

    /// What is not heard of is not taken for as good as it was.
    @Test
    void withoutNewsItsLagGrowsAndItIsNotReady() {
        show(data.sync(SyncState.CURRENT));
        now = now.plusSeconds(59);
        sync.tick();

        assertThat(sync.headline().get())
                .isEqualTo("No news for 60 s. If it goes on: 63 s behind, verified 100 s ago");
        assertThat(sync.tab().get()).isEqualTo("Sync · no news for 60 s");
        assertThat(sync.silent().get()).isTrue();
        assertThat(ready()).isFalse();
    }

    @Test
    void whatHoldsItUpIsSaidWithTheWayOut() {
        show(data.sync(SyncState.FAILED));

        assertThat(sync.trouble().get()).contains("'orders' was altered").contains("anew");
        assertThat(sync.tab().get()).isEqualTo("Sync · HELD UP");
        assertThat(sync.startGate().open()).isTrue();
        assertThat(sync.anewGate().open()).isTrue();
        assertThat(ready()).isFalse();
    }

    @Test
    void aDifferenceIsNeverReady() {
        show(
                MuchMigration.differing(
                        data.sync(SyncState.CURRENT), "step orders: 1 rows different"));

        assertThat(sync.headline().get()).startsWith("The target differs: ");
        assertThat(sync.trouble().get()).contains("step orders: 1 rows different");
        assertThat(ready()).isFalse();
    }

    @Test
    void startsGoesOnAnewAndStops() throws Exception {
        show(data.sync(SyncState.STOPPED));
        sync.start();
        screens.await(() -> asked.contains("start run-5 on"));
        screens.await(() -> sync.startGate().reason().get().contains("waiting for a worker"));

        show(data.sync(SyncState.FAILED));
        assertThat(sync.beforeAnew().orElseThrow().consequence()).contains("reads every step");
        sync.anew();
        screens.await(() -> asked.contains("start run-5 anew"));
        screens.await(() -> sync.anewGate().reason().get().contains("waiting for a worker"));
        show(data.sync(SyncState.CURRENT));
        screens.await(() -> sync.stopGate().open());
        sync.stop();
        screens.await(() -> asked.contains("stop run-5"));
    }

    @Test
    void othersMayLookAndOfflineItSaysWhy() {
        show(data.sync(SyncState.CURRENT));
        screens.online(Role.VIEWER);
        assertThat(sync.stopGate().reason().get()).contains("operator");
        screens.offline();
        assertThat(sync.stopGate().reason().get()).contains("can't be reached");
    }

    @Test
    void itsPaceIsSetAndKeptWhileOthersAreTyped() throws Exception {
        show(data.sync(SyncState.CURRENT));
        sync.pace().rate().set("2,500");
        show(data.sync(SyncState.CATCHING_UP));
        assertThat(sync.pace().rate().get()).isEqualTo("2,500");

        sync.pace().set();
        screens.await(() -> asked.contains("pace run-5 2500"));
        screens.answered();
        sync.pace().rate().set("");
        sync.pace().set();
        screens.await(() -> asked.contains("pace run-5 0"));
        screens.answered();

        sync.pace().rate().set("fast");
        sync.pace().set();
        assertThat(sync.pace().problem().get())
                .isEqualTo("Rows per second: a whole number from 1 to 10,000,000, or empty.");
        sync.pace().rate().set("7");
        assertThat(sync.pace().problem().get()).isEmpty();
        assertThat(asked).hasSize(2);
    }

    @Test
    void whatIsOverOrCanNotBeReachedHasNoPace() {
        show(data.sync(SyncState.STOPPED));
        assertThat(sync.pace().gate().reason().get())
                .isEqualTo("The sync is stopped: nothing is left to pace.");
        show(data.sync(SyncState.CURRENT));
        assertThat(sync.pace().gate().open()).isTrue();
        screens.online(Role.VIEWER);
        assertThat(sync.pace().gate().reason().get()).contains("operator");
        screens.offline();
        sync.pace().rate().set("9");
        sync.pace().set();
        assertThat(sync.pace().gate().reason().get()).contains("can't be reached");
        assertThat(asked).isEmpty();
    }

    private boolean ready() {
        return Readiness.of(sync.sync().get(), now, screens.words).ready();
    }

    private void show(RunSync... syncs) {
        sync.show(new LoadState.Ready<>(List.of(syncs), now));
    }

    private final class Commands implements SyncCommands {
        @Override
        public RunSync start(String run, StartSync how) {
            asked.add("start " + run + (how.anew() ? " anew" : " on"));
            return data.sync(SyncState.QUEUED);
        }

        @Override
        public RunSync stop(String run) {
            asked.add("stop " + run);
            return data.sync(SyncState.STOPPING);
        }

        @Override
        public RunSync pace(String run, SyncPace pace) {
            asked.add("pace " + run + " " + pace.rowsPerSecond());
            return data.sync(SyncState.CURRENT);
        }
    }
}
