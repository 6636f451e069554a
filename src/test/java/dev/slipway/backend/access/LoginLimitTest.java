package dev.slipway.backend.access;

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
    void guessingFromManyAddressesIsStoppedAfterTwenty() {
        for (int i = 0; i < 20; i++) {
            limit.attempt("ann", "10.0.0." + i);
        }
        assertRefused("ann", "10.0.1.1");
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
