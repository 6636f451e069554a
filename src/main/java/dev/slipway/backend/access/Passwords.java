package dev.slipway.backend.access;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;

import dev.slipway.backend.http.Refused;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Argon2id, with the memory and passes that OWASP's cheat sheet names (19 MiB, 2, 1). At most two
/// at a time: a flood of log-ins must not take the processor from those who are logged in.
final class Passwords {
    private static final Argon2Function ARGON =
            Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);
    private static final int SALT_BYTES = 16;
    private static final int AT_ONCE = 2;
    private static final long PATIENCE_SECONDS = 5;

    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final String nobody = hash("a password that no one has");

    String hash(String password) {
        return Password.hash(password).addRandomSalt(SALT_BYTES).with(ARGON).getResult();
    }

    /// Whether a password fits. An account that isn't there costs as much as one that is.
    ///
    /// @param stored the account's hash, or empty
    boolean fits(String password, String stored) throws InterruptedException, Busy {
        if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new Busy();
        }
        try {
            boolean known = !stored.isEmpty();
            boolean fits = Password.check(password, known ? stored : nobody).with(ARGON);
            return fits && known;
        } finally {
            turns.release();
        }
    }

    /// Too many log-ins at once.
    static final class Busy extends Exception {
        private static final long serialVersionUID = 1L;

        Refused refused() {
            return new Refused(
                    429,
                    "too-many-log-ins",
                    "Too many log-ins at once. Try again in a moment.",
                    List.of(),
                    Map.of("Retry-After", "5"));
        }
    }
}
