package dev.slipway.client.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.http.Problem;
import dev.slipway.client.offline.LoadState.Failed;
import dev.slipway.client.offline.LoadState.Idle;
import dev.slipway.client.offline.LoadState.Loading;
import dev.slipway.client.offline.LoadState.Ready;
import dev.slipway.client.offline.LoadState.Stale;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class LoadStateTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void freshAndStaleDataCanBeShown() {
        assertThat(new Ready<>(0, AT).value()).contains(0);
        assertThat(new Stale<>(0, AT).value()).contains(0);
        assertThat(new Idle<Integer>().value()).isEmpty();
        assertThat(new Loading<Integer>().value()).isEmpty();
        assertThat(new Failed<Integer>(new Problem.Offline("")).value()).isEmpty();
    }

    @Test
    void changingTheDataKeepsItsAgeAndItsState() {
        assertThat(new Ready<>(2, AT).map(n -> "n" + n)).isEqualTo(new Ready<>("n2", AT));
        assertThat(new Stale<>(2, AT).map(n -> "n" + n)).isEqualTo(new Stale<>("n2", AT));
        assertThat(new Idle<Integer>().map(n -> "n" + n)).isEqualTo(new Idle<>());
        assertThat(new Loading<Integer>().map(n -> "n" + n)).isEqualTo(new Loading<>());
    }
}
