package dev.slipway.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.backend.queues.dispatch.BrokerSettings;
import dev.slipway.config.BadFile;
import dev.slipway.config.Configuration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Where the state is kept and what carries jobs, as the file says it, and what is wrong there with
/// its line.
class BackendSettingsTest {
    @TempDir Path folder;

    @Test
    void withoutADatabaseTheStateIsAFolder() throws IOException {
        var settings = settings("backend: {state: here}\n");
        assertThat(settings.database()).isEmpty();
        assertThat(settings.state()).isEqualTo(folder.resolve("here"));
    }

    @Test
    void theStateCanBeInPostgresqlWithASecretFromAFile() throws IOException {
        Files.writeString(folder.resolve("state.password"), "geheim\n");
        var settings =
                settings(
                        """
                        backend: {database: slipway}
                        databases:
                          slipway: {url: "jdbc:postgresql://db/slipway", user: s, password-file: state.password}
                        """);
        var database = settings.database().orElseThrow();
        assertThat(database.url()).isEqualTo("jdbc:postgresql://db/slipway");
        assertThat(database.password()).isEqualTo("geheim");
        assertThat(settings.toString()).doesNotContain("geheim");
    }

    @Test
    void anotherEngineIsRefusedWithItsLine() {
        assertThatThrownBy(
                        () ->
                                settings(
                                        """
                                        databases:
                                          legacy: {url: "jdbc:mariadb://db/shop"}
                                        backend:
                                          database: legacy
                                        """))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("line 4")
                .hasMessageContaining("jdbc:postgresql://")
                .hasMessageContaining("jdbc:mariadb://db/shop");
    }

    @Test
    void aDatabaseThatIsNotThereIsNamed() {
        assertThatThrownBy(
                        () ->
                                settings(
                                        """
                                        backend: {database: slipwey}
                                        databases:
                                          slipway: {url: "jdbc:postgresql://db/slipway"}
                                        """))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("no database 'slipwey'")
                .hasMessageContaining("did you mean 'slipway'?");
    }

    @Test
    void theBrokerIsReadWithoutItsSecretInTheUrl() throws IOException {
        Files.writeString(folder.resolve("mq.password"), "geheim\n");
        var broker =
                BrokerSettings.read(
                                file(
                                        """
                                        queues:
                                          broker: {url: "amqps://mq:5671/shop", user: q, password-file: mq.password}
                                        """))
                        .orElseThrow();
        assertThat(broker.url()).hasHost("mq").hasPort(5671);
        assertThat(broker.user()).isEqualTo("q");
        assertThat(broker.password()).isEqualTo("geheim");
        assertThat(broker.prefix()).isEqualTo("slipway");
        assertThat(broker.toString()).doesNotContain("geheim");
        assertThat(BrokerSettings.read(file(""))).isEmpty();
    }

    @Test
    void aWrongBrokerIsToldWithItsLineAndWithoutTheSecret() {
        assertThatThrownBy(
                        () ->
                                broker(
                                        """
                                        queues:
                                          broker:
                                            url: "amqp://q:geheim@mq:5672"
                                            prefix: "a b"
                                            pasword-file: x
                                        """))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("line 3: 'url' must not hold a user or password")
                .hasMessageContaining("line 4: 'prefix'")
                .hasMessageContaining("line 5: unknown key 'pasword-file'")
                .hasMessageNotContaining("geheim");
        assertThatThrownBy(() -> broker("queues: {broker: {url: \"http://mq\"}}\n"))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("line 1: 'url' must be like amqp://host:5672/vhost");
    }

    private void broker(String text) throws IOException {
        Configuration file = file(text);
        assertThat(BrokerSettings.read(file)).isPresent();
        file.check();
    }

    private BackendSettings settings(String text) throws IOException {
        Configuration file = file(text);
        BackendSettings settings = BackendSettings.read(file, folder);
        file.check();
        return settings;
    }

    private Configuration file(String text) throws IOException {
        Path file = folder.resolve("slipway.yaml");
        Files.writeString(file, text);
        return Configuration.read(file, Map.of());
    }
}
