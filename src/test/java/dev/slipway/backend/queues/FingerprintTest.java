package dev.slipway.backend.queues;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;

class FingerprintTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "order 4711 has no vendor | order 99 has no vendor",
                "no file '/tmp/a.pdf' | no file '/srv/other name.pdf'",
                "no file \"a\" | no file \"b c\"",
                "run 0199c2f1-77aa-7d01-8a00-0123456789ab failed | run 0199c2f1-0000-7d01-8a00-ba9876543210 failed",
                "no mail to anna@example.com | no mail to bob.b@example.org",
                "INV-2026-000123 is locked | INV-2026-7 is locked",
                "took 1.5 s | took 12,75 s",
                "at 2026-11-22T03:00:00Z it broke | at 2025-01-02T23:59:59.123Z it broke",
                "two   spaces | two spaces",
                "https://mail:25/send?x=1 refused | https://mail:26/send?x=2 refused",
            })
    void leavesOutWhatDiffersFromJobToJob(String one, String other) {
        assertThat(Fingerprint.normalised(one)).isEqualTo(Fingerprint.normalised(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "order 4711 has no vendor | order 4711 has no address",
                "connection refused | connection reset",
                "can't read | can't write",
                "it's the vendor's fault | it's the buyer's fault",
            })
    void keepsWhatNamesTheFault(String one, String other) {
        assertThat(Fingerprint.normalised(one)).isNotEqualTo(Fingerprint.normalised(other));
    }

    @Test
    void oneFaultIsOneGroupAndAnotherPlaceIsAnother() {
        String first = Fingerprint.of("q", "t", here("order 1"));

        assertThat(Fingerprint.of("q", "t", here("order 2"))).isEqualTo(first);
        assertThat(Fingerprint.of("q", "t", there("order 1"))).isNotEqualTo(first);
        assertThat(Fingerprint.of("q", "u", here("order 1"))).isNotEqualTo(first);
        assertThat(Fingerprint.of("r", "t", here("order 1"))).isNotEqualTo(first);
    }

    @Test
    void theFirstCauseCounts() {
        var timeout = new IllegalStateException("no mail", new java.net.SocketTimeoutException());
        var refused = new IllegalStateException("no mail", new java.net.ConnectException());
        refused.setStackTrace(timeout.getStackTrace());

        assertThat(Fingerprint.of("q", "t", timeout))
                .isNotEqualTo(Fingerprint.of("q", "t", refused));
    }

    @Test
    void holdsUnderMessagesThatAreMissingHugeOrCircular() {
        var circular = new IOException((String) null);
        circular.initCause(new IOException(circular));

        assertThat(Fingerprint.of("q", "t", circular)).hasSize(16);
        assertThat(Fingerprint.normalised("'".repeat(1_000_000) + "7".repeat(1_000_000)))
                .hasSizeLessThan(1_000);
    }

    private static Exception here(String message) {
        return new IllegalStateException(message);
    }

    private static Exception there(String message) {
        return new IllegalStateException(message);
    }
}
