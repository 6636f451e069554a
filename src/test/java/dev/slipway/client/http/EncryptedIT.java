package dev.slipway.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.client.BackendClient;
import dev.slipway.config.BadFile;
import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.TestCertificate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;

/// A backend with a certificate of its own, and clients that trust it or do not.
class EncryptedIT {
    @TempDir Path home;

    @Test
    void aPinnedCertificateIsTrustedAndNoOther() throws Exception {
        TestCertificate ours = TestCertificate.make(home, "ours");
        TestCertificate other = TestCertificate.make(home, "other");
        try (var backend = encrypted(ours)) {
            URI url = URI.create("https://127.0.0.1:" + backend.port());
            assertThat(client(url, ours.certificate()).health().ok()).isTrue();
            assertRefused(
                    client(url, other.certificate()), "unable to find valid certification path");
            assertRefused(client(url, null), "unable to find valid certification path");
            assertRefused(client(url, home.resolve("none.pem")), "can't read the certificate");

            // the file counts, not what was in it when the client was made
            Path changing = home.resolve("changing.pem");
            Files.copy(other.certificate(), changing);
            var client = client(url, changing);
            assertRefused(client, "unable to find valid certification path");
            Files.copy(ours.certificate(), changing, StandardCopyOption.REPLACE_EXISTING);
            assertThat(client.health().ok()).isTrue();
        }
    }

    @Test
    void plainHttpIsNotSpokenOnAnEncryptedPort() throws Exception {
        try (var backend = encrypted(TestCertificate.make(home, "ours"))) {
            assertThatThrownBy(() -> client(backend.uri(""), null).health())
                    .isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void whatOthersCanReachIsNotServedInTheClearUnlessAskedFor() throws Exception {
        assertThatThrownBy(() -> backend("backend: {port: 0, host: 0.0.0.0}\n").close())
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("can be reached from other machines");
        backend("backend: {port: 0, host: 0.0.0.0, insecure: true}\n").close();
        TestCertificate ours = TestCertificate.make(home, "ours");
        backend("backend: {port: 0, host: 0.0.0.0, tls: %s}\n".formatted(ours.yaml())).close();
    }

    @Test
    void aFileThatIsNoCertificateIsNamed() throws Exception {
        TestCertificate ours = TestCertificate.make(home, "ours");
        assertThatThrownBy(
                        () ->
                                backend(
                                                "backend: {port: 0, tls: {certificate: none, key: '%s'}}\n"
                                                        .formatted(ours.key()))
                                        .close())
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("can't read the certificate");
        assertThatThrownBy(
                        () ->
                                backend(
                                                "backend: {port: 0, tls: {certificate: '%s', key: '%s'}}\n"
                                                        .formatted(
                                                                ours.certificate(),
                                                                ours.certificate()))
                                        .close())
                .hasMessageContaining("the key " + ours.certificate() + " can't be used");
    }

    private RunningBackend encrypted(TestCertificate certificate) throws IOException {
        return backend("backend: {port: 0, heartbeat: 1, tls: %s}\n".formatted(certificate.yaml()));
    }

    private RunningBackend backend(String configuration) throws IOException {
        return new RunningBackend(home, InstantSource.system(), configuration);
    }

    private static BackendClient client(
            URI url, @org.jspecify.annotations.Nullable Path certificate) {
        return new BackendClient(url, BackendClient.TokenSource.NONE, certificate);
    }

    private static void assertRefused(BackendClient client, String why) {
        assertThatThrownBy(client::health)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> {
                            assertThat(e.problem()).isInstanceOf(Problem.Offline.class);
                            assertThat(e.problem().detail()).contains(why);
                        });
    }
}
