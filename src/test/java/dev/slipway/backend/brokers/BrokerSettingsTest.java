package dev.slipway.backend.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.brokers.BrokerAccess;
import dev.slipway.config.BadFile;
import dev.slipway.config.Configuration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class BrokerSettingsTest {
    @TempDir Path folder;

    private List<BrokerSettings> read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("slipway.yaml"), yaml);
        Configuration configuration = Configuration.read(file, Map.of("SECRET", "s3"));
        List<BrokerSettings> brokers = BrokerSettings.read(configuration);
        configuration.check();
        return brokers;
    }

    @Test
    void noBrokersAreNone() throws IOException {
        assertThat(read("backend: {port: 0}\n")).isEmpty();
    }

    @Test
    void aBrokerIsReadOnlyIfNothingElseIsSaid() throws IOException {
        BrokerSettings one =
                read("brokers: [{name: shop, url: 'http://mq:15672/', user: u, password-env: SECRET}]")
                        .getFirst();
        assertThat(one.access()).isEqualTo(BrokerAccess.READ);
        assertThat(one.url()).hasToString("http://mq:15672");
        assertThat(one.password()).isEqualTo("s3");
        assertThat(one.toString()).doesNotContain("s3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    [{name: a, url: 'ftp://x', user: u}]                       | 'url' must be like
                    [{name: a, url: 'http://u:p@x', user: u}]                  | 'password-file'
                    [{name: 'a b', url: 'http://x', user: u}]                  | 'name' must be
                    [{name: a, url: 'http://x', user: u, access: all}]         | 'access' must be
                    [{name: a, url: 'http://x', user: u, amqp: 'http://x'}]    | 'amqp' must be
                    [{name: a, url: 'http://x'}]                               | 'user' is missing
                    [{name: a, url: 'http://x', user: u, passwort-file: x}]    | unknown key
                    [{name: a, url: 'http://x', user: u}, {name: a, url: 'http://y', user: u}] | two brokers
                    {name: a}                                                  | must be a list
                    """)
    void whatIsWrongIsNamed(String brokers, String problem) {
        assertThatThrownBy(() -> read("brokers: " + brokers + "\n"))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining(problem);
    }
}
