package dev.slipway.backend.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class PayloadTest {
    @Test
    void textOfAnyBytesIsReadAsUtf8OrNot() {
        byte[] cut = "aaé".getBytes(StandardCharsets.UTF_8);
        assertThat(Payload.of(Arrays.copyOf(cut, 3), 4).text()).isEqualTo("aa");
        assertThat(Payload.of(Arrays.copyOf(cut, 3), 3).form()).isEqualTo("hex");
    }
}
