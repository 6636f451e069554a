package dev.slipway.backend.migration.convert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

class EncodingTest {

    @ParameterizedTest
    @CsvSource({
        "Müller, Müller",
        "MÃ¼ller, Müller",
        "MÃƒÂ¼ller, Müller",
        "10 â‚¬, 10 €",
        "Straße, Straße",
        "StraÃŸe, Straße",
        "plain, plain",
        "日本, 日本",
        "Ã, Ã",
    })
    void repairsWhatWasEncodedTwice(String spoilt, String right) {
        assertThat(Encoding.repair(spoilt)).isEqualTo(right);
    }

    @Test
    void bytesThatAreNotUtf8AreKeptUntilAPlanSaysWhatTheyMean() {
        byte[] latin1 = "5 € für Zoë".getBytes(java.nio.charset.Charset.forName("windows-1252"));
        String read = Encoding.decode(latin1);

        assertThat(Encoding.hasRawBytes(read)).isTrue();
        assertThat(Encoding.repair(read)).isEqualTo("5 € für Zoë");
    }

    @Test
    void utf8WithCharactersBeyondTheBasicPlaneIsNoRawByte() {
        String text = "😀 𐐷";
        String read = Encoding.decode(text.getBytes(StandardCharsets.UTF_8));

        assertThat(read).isEqualTo(text);
        assertThat(Encoding.hasRawBytes(read)).isFalse();
    }
}
