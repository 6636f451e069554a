package dev.slipway.backend.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.backend.http.Refused;
import dev.slipway.backend.store.StateStore;
import dev.slipway.testing.States;
import dev.slipway.testing.TestClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Over both state databases, and over several servers that share one.
@ParameterizedClass
@EnumSource(States.class)
class LoginLimitIT {
    private final States states;

    private final TestClock clock = new TestClock(Instant.parse("2026-11-22T10:00:00Z"));

    @SuppressWarnings("NullAway.Init")
    private StateStore store;

    @SuppressWarnings("NullAway.Init")
    private LoginLimit limit;

    LoginLimitIT(States states) {
        this.states = states;
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        store = states.open(folder);
        limit = new LoginLimit(store, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /// Who asks them in turn guesses as often as with one.
    @Test
    void severalServersCountTogether() {
        var servers = IntStream.range(0, 4).mapToObj(_ -> new LoginLimit(store, clock)).toList();
        int looked = 0;
        for (int i = 0; i < 40; i++) {
            looked += isLookedAt(servers.get(i % 4), "ann", "10.0.0.1") ? 1 : 0;
        }
        assertThat(looked).isEqualTo(5);
        looked = 0;
        for (int i = 0; i < 80; i++) {
            looked += isLookedAt(servers.get(i % 4), "user" + i, "10.0.0.2") ? 1 : 0;
        }
        assertThat(looked).isEqualTo(30);
        looked = 0;
        for (int i = 0; i < 40; i++) {
            looked += isLookedAt(servers.get(i % 4), "bob", "10.1.0." + i) ? 1 : 0;
        }
        assertThat(looked).isEqualTo(LoginCounts.FREE_GUESSES);
    }

    /// Their clocks differ by a second, about the turn of a minute.
    @Test
    void whoAsksServersOfDifferentClocksInTurnGainsNothing() {
        var ahead = new TestClock(Instant.parse("2026-11-22T10:01:00.500Z"));
        var behind = new TestClock(Instant.parse("2026-11-22T10:00:59.500Z"));
        var servers = List.of(new LoginLimit(store, ahead), new LoginLimit(store, behind));
        // from where she was before, so that no pause between guesses helps
        servers.getFirst().attempt("ann", "10.0.0.1");
        servers.getFirst().succeeded("ann", "10.0.0.1");
        int looked = 0;
        for (int i = 0; i < 40; i++) {
            looked += isLookedAt(servers.get(i % 2), "ann", "10.0.0.1") ? 1 : 0;
        }
        assertThat(looked).isEqualTo(5);
    }

    /// Bursts at once count whole.
    @Test
    void thoseThatComeAtTheSameMomentAreAllCounted() throws Exception {
        var servers = IntStream.range(0, 4).mapToObj(_ -> new LoginLimit(store, clock)).toList();
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                int at = i;
                all.add(() -> isLookedAt(servers.get(at % 4), "ann", "10.0.0.1"));
            }
            int looked = 0;
            for (Future<Boolean> each : threads.invokeAll(all)) {
                looked += each.get() ? 1 : 0;
            }
            assertThat(looked).isEqualTo(5);
        }
    }

    @Test
    void whereAUserHasLoggedInIsKnownToAllServers() {
        limit.attempt("ann", "192.168.1.7");
        limit.succeeded("ann", "192.168.1.7");
        var other = new LoginLimit(store, clock);
        for (int i = 0; i < 20; i++) {
            isLookedAt(limit, "ann", "10.0.0." + i);
        }
        assertThat(isLookedAt(other, "ann", "10.9.9.9")).isFalse();
        assertThat(isLookedAt(other, "ann", "192.168.1.7")).isTrue();
    }

    /// Neither names nor addresses can be read from the database, and what is over is forgotten.
    @Test
    void whatIsOverIsForgotten() {
        limit.attempt("ann", "10.0.0.1");
        limit.attempt("x".repeat(100_000), "10.0.0.2");
        limit.succeeded("ann", "10.0.0.1");
        assertThat(rows("login_count")).isEqualTo(3);
        assertThat(rows("login_guess")).isEqualTo(1);
        assertThat(longestId()).isEqualTo(64);
        clock.forward(Duration.ofHours(2));
        limit.attempt("bob", "10.0.0.3");
        assertThat(rows("login_count")).isEqualTo(2);
        assertThat(rows("login_guess")).isEqualTo(1);
        assertThat(rows("login_known")).isEqualTo(1);
        clock.forward(Duration.ofDays(31));
        limit.attempt("bob", "10.0.0.3");
        assertThat(rows("login_known")).isZero();
    }

    @Test
    void ofTooManyGuessesThoseMadeMostOftenAreRemembered() {
        for (int i = 0; i < 30; i++) {
            int at = i;
            store.writing(h -> LoginCounts.guess(h, "u" + at, clock.millis()));
        }
        store.writing(h -> LoginCounts.guess(h, "u3", clock.millis()));
        store.writing(h -> LoginCounts.sweep(h, clock.millis(), 10));
        assertThat(rows("login_guess")).isEqualTo(10);
        assertThat(rows("login_guess WHERE id = 'u3' AND made = 2")).isEqualTo(1);
    }

    private int rows(String table) {
        return store.read(
                h -> h.createQuery("SELECT count(*) FROM " + table).mapTo(Integer.class).one());
    }

    private int longestId() {
        return store.read(
                h ->
                        h.createQuery("SELECT max(length(id)) FROM login_count")
                                .mapTo(Integer.class)
                                .one());
    }

    private static boolean isLookedAt(LoginLimit server, String user, String address) {
        try {
            server.attempt(user, address);
            return true;
        } catch (Refused _) {
            return false;
        }
    }

    @Test
    void aGuesserOfOnePasswordIsStoppedAfterFive() {
        attempts(5, "ann", "10.0.0.1");
        assertRefused("ann", "10.0.0.1");
        assertThatCode(() -> limit.attempt("ann", "10.0.0.2")).doesNotThrowAnyException();
        assertThatCode(() -> limit.attempt("bob", "10.0.0.1")).doesNotThrowAnyException();
    }

    @Test
    void guessingFromManyAddressesIsSlowedDownMoreAndMore() {
        int guesses = 0;
        for (int second = 0; second < 200; second += 2) {
            try {
                limit.attempt("ann", "10.0." + second / 200 + "." + second % 200);
                guesses++;
            } catch (Refused _) {
                // within the pause
            }
            clock.forward(Duration.ofSeconds(2));
        }
        // ten freely, six within the first minute or so, then one each minute
        assertThat(guesses).isBetween(10 + 6, 10 + 9);
    }

    @Test
    void whoeverGuessesCantKeepAUserOutOfAPlaceWhereTheyWereBefore() {
        limit.attempt("ann", "192.168.1.7");
        limit.succeeded("ann", "192.168.1.7");
        for (int i = 0; i < 60; i++) {
            try {
                limit.attempt("ann", "10.0." + i / 200 + "." + i % 200);
            } catch (Refused _) {
                // within the pause
            }
        }
        assertRefused("ann", "10.9.9.9");
        assertThatCode(() -> limit.attempt("ann", "192.168.1.7")).doesNotThrowAnyException();
        limit.succeeded("ann", "192.168.1.7");
    }

    @Test
    void fromANewPlaceAUserWaitsForOnePauseNotForALock() {
        for (int i = 0; i < 40; i++) {
            clock.forward(Duration.ofMinutes(1));
            limit.attempt("ann", "10.0.0." + i);
        }
        assertThatThrownBy(() -> limit.attempt("ann", "192.168.1.8"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.headers()).containsEntry("Retry-After", "60"));
        clock.forward(Duration.ofSeconds(60));
        assertThatCode(() -> limit.attempt("ann", "192.168.1.8")).doesNotThrowAnyException();
    }

    @Test
    void guessingManyUsersFromOneAddressIsStoppedAfterThirty() {
        for (int i = 0; i < 30; i++) {
            limit.attempt("user" + i, "10.0.0.1");
        }
        assertRefused("another", "10.0.0.1");
    }

    @Test
    void whoHasOneAddressOfANetworkHasThemAll() {
        for (int i = 0; i < 5; i++) {
            attempts(1, "anna", "2001:db8:0:7::" + Integer.toHexString(i + 1));
        }
        assertRefused("anna", "2001:0DB8:0000:0007:FFFF::1");
        assertThat(isLookedAt(limit, "anna", "2001:db8:0:8::1")).isTrue();
        assertThat(isLookedAt(limit, "anna", "203.0.113.1")).isTrue();
    }

    @Test
    void thoseWhoLogInAreNotCounted() {
        for (int i = 0; i < 100; i++) {
            limit.attempt("ann", "10.0.0.1");
            limit.succeeded("ann", "10.0.0.1");
        }
        assertThatCode(() -> limit.attempt("ann", "10.0.0.1")).doesNotThrowAnyException();
    }

    @Test
    void theNextMinuteBeginsAnew() {
        attempts(5, "ann", "10.0.0.1");
        assertRefused("ann", "10.0.0.1");
        clock.forward(Duration.ofMinutes(1));
        assertThatCode(() -> limit.attempt("ann", "10.0.0.1")).doesNotThrowAnyException();
    }

    private void attempts(int count, String user, String address) {
        for (int i = 0; i < count; i++) {
            limit.attempt(user, address);
        }
    }

    private void assertRefused(String user, String address) {
        assertThatThrownBy(() -> limit.attempt(user, address)).isInstanceOf(Refused.class);
    }
}
