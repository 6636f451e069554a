package dev.slipway.backend.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.backend.http.Refused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;

class IntentTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final Intent.Change CHANGE = new Intent.Change("olga", NOW, "because");

    @ParameterizedTest
    @CsvSource({
        // stands, held, asked, expected, outcome
        "10, false,  20, 10, 20",
        "10, false, 100, 10, 100",
        "10, false,   0, 10, 0",
        "10, false,  10, 10, 10",
        "10, false,  20,  9, refused",
        "10, false,   0, 11, refused",
        "10, true,   11, 10, refused",
        "10, true,   10, 10, 10",
        "10, true,    9, 10, 9",
        "10, true,    0, 10, 0",
        "10, true,    0,  0, refused",
    })
    void aWeightIsTakenIfTheAskerSawTheTruthAndRaisingIsNotHeld(
            int stands, boolean held, int asked, int expected, String outcome) {
        var intent = new Intent(stands, held, "anna", NOW.minusSeconds(60), "");

        if (outcome.equals("refused")) {
            assertThatThrownBy(() -> intent.weight(asked, expected, CHANGE))
                    .isInstanceOfSatisfying(
                            Refused.class, e -> assertThat(e.status()).isEqualTo(409));
        } else {
            assertThat(intent.weight(asked, expected, CHANGE))
                    .isEqualTo(new Intent(Integer.parseInt(outcome), held, "olga", NOW, "because"));
        }
    }

    @Test
    void aRollbackIsNeverRefusedAndReleasesNoHold() {
        for (boolean held : new boolean[] {true, false}) {
            var intent = new Intent(80, held, "anna", NOW.minusSeconds(60), "");

            assertThat(intent.rollback(CHANGE))
                    .isEqualTo(new Intent(0, held, "olga", NOW, "because"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, ''",
        "29, 0, ''",
        "15, 15, 50.0",
        "0, 30, 100.0",
        "2, 1, ''",
        "667, 333, 33.3"
    })
    void aShareOfTooFewRequestsIsUnknown(long legacy, long fresh, String share) {
        var measured = new Traffic(legacy, fresh).share();

        assertThat(measured.isPresent() ? "" + measured.getAsDouble() : "").isEqualTo(share);
    }
}
