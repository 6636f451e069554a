package dev.slipway.backend.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.backend.http.Refused;
import dev.slipway.testing.TestClock;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class LoginLimitTest {
    private final TestClock clock = new TestClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final LoginLimit limit = new LoginLimit(clock);

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
        for (int second = 0; second < 3_600; second++) {
            try {
                limit.attempt("ann", "10.0." + second / 200 + "." + second % 200);
                guesses++;
            } catch (Refused _) {
                // within the pause
            }
            clock.forward(Duration.ofSeconds(1));
        }
        // ten freely, six within the first minute or so, then one each minute
        assertThat(guesses).isBetween(10 + 55, 10 + 70);
    }

    @Test
    void whoeverGuessesCantKeepAUserOutOfAPlaceWhereTheyWereBefore() {
        limit.attempt("ann", "192.168.1.7");
        limit.succeeded("ann", "192.168.1.7");
        for (int i = 0; i < 500; i++) {
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
