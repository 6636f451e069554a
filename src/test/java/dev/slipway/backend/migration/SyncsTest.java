package dev.slipway.backend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.migration.RunSync;
import dev.slipway.api.migration.SyncState;
import dev.slipway.backend.migration.sync.SyncStatus;
import dev.slipway.backend.migration.sync.SyncStatus.Phase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.Collections;

class SyncsTest {
    private static final Instant START = Instant.parse("2026-11-22T03:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "QUEUED,STOPPED,QUEUED,QUEUED",
        "LOOKING,STOPPING,QUEUED,QUEUED",
        "CATCHING_UP,STOPPING,QUEUED,QUEUED",
        "CURRENT,STOPPING,QUEUED,QUEUED",
        "CUT_OFF,STOPPING,QUEUED,QUEUED",
        "STOPPING,,STOPPED,STOPPED",
        "STOPPED,,STOPPED,STOPPED",
        "FAILED,,QUEUED,FAILED"
    })
    void hasTheseTransitions(
            SyncState state,
            @org.jspecify.annotations.Nullable SyncState stopped,
            SyncState takenUp,
            SyncState letGo) {
        assertThat(Syncs.stopped(state).orElse(null)).isEqualTo(stopped);
        assertThat(Syncs.takenUp(state)).isEqualTo(takenUp);
        assertThat(Syncs.letGo(state)).isEqualTo(letGo);
    }

    @Test
    void theLineHasTheWorstOfEachTenSecondsAndGapsWhereNoOneTold() {
        RunSync sync = Syncs.first("run", "plan", "ada", START, "job");
        sync = Syncs.told(sync, status(Phase.CATCHING_UP, 7), START.plusSeconds(1));
        sync = Syncs.told(sync, status(Phase.CURRENT, 0), START.plusSeconds(9));
        sync = Syncs.told(sync, status(Phase.CURRENT, 0), START.plusSeconds(11));
        // its worker dies, another takes it up in the midst of ten seconds
        sync = Syncs.in(sync, SyncState.QUEUED, START.plusSeconds(44), null);
        sync = Syncs.told(sync, status(Phase.CURRENT, 2), START.plusSeconds(45));

        assertThat(sync.lags()).containsExactly(7L, 0L, -1L, -1L, 2L);
    }

    @Test
    void theLineIsBounded() {
        RunSync sync = Syncs.first("run", "plan", "ada", START, "job");
        for (int i = 0; i < 100; i++) {
            sync = Syncs.told(sync, status(Phase.CURRENT, 1), START.plusSeconds(10L * i));
        }
        assertThat(sync.lags()).isEqualTo(Collections.nCopies(60, 1L));
        sync = Syncs.told(sync, status(Phase.CURRENT, 1), START.plusSeconds(1_000_000));
        assertThat(sync.lags()).hasSize(60).endsWith(-1L, 1L);
    }

    /// What is cut off, or waits for a worker, is still told how far behind it must be.
    @Test
    void aSyncThatDoesNotGoOnFallsBehind() {
        RunSync sync = Syncs.first("run", "plan", "ada", START, "job");
        sync = Syncs.told(sync, status(Phase.CURRENT, 3), START.plusSeconds(1));
        sync = Syncs.in(sync, SyncState.QUEUED, START.plusSeconds(31), null);

        assertThat(sync.lagSeconds()).isEqualTo(33);
    }

    @Test
    void whoeverAskedItToStopHasTheLastWord() {
        RunSync sync = Syncs.first("run", "plan", "ada", START, "job");
        sync = Syncs.in(sync, SyncState.STOPPING, START, "enough");

        assertThat(Syncs.told(sync, status(Phase.CURRENT, 0), START).state())
                .isEqualTo(SyncState.STOPPING);
        assertThat(Syncs.told(sync, status(Phase.CURRENT, 0), START).reason()).isEqualTo("enough");
    }

    /// A worker may have taken it up before, and not have told of itself yet.
    @Test
    void whatWasStoppedWhileItWaitedDoesNotComeBackToLife() {
        RunSync sync = Syncs.first("run", "plan", "ada", START, "job");
        sync = Syncs.in(sync, SyncState.STOPPED, START, "enough");

        assertThat(Syncs.told(sync, status(Phase.LOOKING, 0), START).state())
                .isEqualTo(SyncState.STOPPED);
    }

    @Test
    void whatDiffersIsNotForgottenWhileADatabaseIsAway() {
        RunSync sync = Syncs.first("run", "plan", "ada", START, "job");
        sync = Syncs.told(sync, status(Phase.DIFFERS, "orders: 1", 0), START);
        sync = Syncs.told(sync, status(Phase.CUT_OFF, "refused", 0), START);
        assertThat(sync.difference()).isEqualTo("orders: 1");
        assertThat(sync.reason()).isEqualTo("refused");

        sync = Syncs.told(sync, status(Phase.CURRENT, 0), START);
        assertThat(sync.difference()).isEmpty();
    }

    @Test
    void whatItWaitsForBeforeItReadsIsTheReasonUntilItGoesOn() {
        RunSync sync = Syncs.first("run", "plan", "ada", START, "job");
        sync = Syncs.told(sync, status(Phase.LOOKING, "orders", -1, "the window is closed"), START);
        assertThat(sync.state()).isEqualTo(SyncState.LOOKING);
        assertThat(sync.reason()).isEqualTo("waits to read: the window is closed");

        sync = Syncs.told(sync, status(Phase.LOOKING, "orders", -1), START);
        assertThat(sync.reason()).isNull();
    }

    @Test
    void aFaultIsTriedAgainUnlessItWasStoppedOrWasTheLastTry() {
        assertThat(Syncs.faulty(SyncState.CURRENT, false)).isEqualTo(SyncState.QUEUED);
        assertThat(Syncs.faulty(SyncState.CURRENT, true)).isEqualTo(SyncState.FAILED);
        assertThat(Syncs.faulty(SyncState.STOPPING, false)).isEqualTo(SyncState.STOPPED);
        assertThat(Syncs.faulty(SyncState.STOPPED, true)).isEqualTo(SyncState.STOPPED);
    }

    @Test
    void startedAgainItIsAsFarBehindAsItStoodStill() {
        RunSync sync = Syncs.first("run", "plan", "ada", START, "job");
        sync = Syncs.told(sync, status(Phase.CURRENT, 0), START);
        sync = Syncs.in(sync, SyncState.STOPPED, START.plusSeconds(60), null);

        assertThat(Syncs.again(sync, "ada", START.plusSeconds(3_600), "job-2").lagSeconds())
                .isEqualTo(3_600);
    }

    private static SyncStatus status(Phase phase, long behind) {
        return status(phase, "", behind);
    }

    private static SyncStatus status(Phase phase, String detail, long behind) {
        return status(phase, detail, behind, "");
    }

    private static SyncStatus status(Phase phase, String detail, long behind, String waits) {
        return new SyncStatus(
                "run", phase, detail, "log:1", behind, 0, 0, 0, 0, 0, START, Instant.EPOCH, waits);
    }
}
