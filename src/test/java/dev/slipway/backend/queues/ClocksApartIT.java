package dev.slipway.backend.queues;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.backend.store.DatabaseTime;
import dev.slipway.testing.States;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Workers on machines whose clocks differ, on one database.
class ClocksApartIT {
    private static final Duration AHEAD = Duration.ofMinutes(5);

    @TempDir Path folder;

    /// By its machine's clock the lease has long ended.
    @Test
    void aMachineThatIsAheadTakesOverNoLivingJob() {
        InstantSource machine = InstantSource.offset(InstantSource.system(), AHEAD);
        try (var fixture = new QueueFixture(States.POSTGRES, folder, InstantSource.system());
                var time = DatabaseTime.of(fixture.store, machine).orElseThrow()) {
            String id = fixture.publish("slow", "k", 1);
            // so long that a slow test does not end it
            assertThat(take(fixture, "on-time", id, Instant.now())).isPresent();

            assertThat(take(fixture, "ahead", id, time.instant())).isEmpty();
            assertThat(fixture.job(id).worker()).isEqualTo("on-time");

            // and takes what is due, as the others would
            String next = fixture.publish("slow", "l", 1);
            eventually("due", () -> take(fixture, "ahead", next, time.instant()).isPresent());
        }
    }

    private static Optional<StoredJob> take(
            QueueFixture fixture, String worker, String id, Instant now) {
        Instant until = now.plus(AHEAD.dividedBy(2));
        return fixture.store.write(handle -> new Claims(worker).take(handle, id, now, until));
    }

    @Test
    void anEmbeddedDatabaseHasNoTimeOfItsOwn() {
        try (var fixture = new QueueFixture(States.SQLITE, folder, InstantSource.system())) {
            assertThat(DatabaseTime.of(fixture.store, InstantSource.system())).isEmpty();
        }
    }
}
