package dev.slipway.backend.migration.validation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonReadingTest {

    /// What PostgreSQL keeps of a document is in another order and with other blanks.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"bb\":1,\"a\":2}|{\"a\": 2, \"bb\": 1}",
                "{\"a\":1.50}|{\"a\": 1.5}",
                "[1e2, 0.0]|[100,0]",
                "\"\\u00e4\\/\\n\"|\"ä/\\n\"",
                "{\"a\":1,\"a\":2}|{\"a\":2}",
            })
    void documentsThatSayTheSameAreAlike(String one, String other) {
        assertThat(JsonReading.alike(one)).isEqualTo(JsonReading.alike(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1}|{\"a\":\"1\"}",
                "{\"a\":1.5}|{\"a\":1.51}",
                "[1,2]|[2,1]",
                "\"fur\"|\"für\"",
                "null|\"null\"",
            })
    void documentsThatDifferAreNot(String one, String other) {
        assertThat(JsonReading.alike(one)).isNotEqualTo(JsonReading.alike(other));
    }

    @Test
    void readsLongTextsOfManyEscapes() {
        String json = "[\"" + "\\u00fc".repeat(20_000) + "\"]";

        assertThat(JsonReading.alike(json)).hasSize(20_004);
    }
}
