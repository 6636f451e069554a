package dev.slipway.backend.http;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;

import java.nio.file.Path;

/// A certificate with its chain, and its key (PKCS #8 without a passphrase), both PEM.
public record Encryption(Path certificate, Path key) {

    /// @throws IllegalArgumentException saying which file can't be used
    Tls tls() {
        Keys keys =
                read("key", key, Keys.builder().pem(pem -> pem.key(Resource.create(key)))::build);
        Keys chain =
                read(
                        "certificate",
                        certificate,
                        Keys.builder().pem(pem -> pem.certChain(Resource.create(certificate)))
                                ::build);
        return Tls.builder()
                .privateKey(keys.privateKey().orElseThrow())
                .privateKeyCertChain(chain.certChain())
                .build();
    }

    private static Keys read(String what, Path file, java.util.function.Supplier<Keys> reader) {
        try {
            return reader.get();
        } catch (RuntimeException e) {
            // the cause may hold what stands in the file
            throw new IllegalArgumentException("the " + what + " " + file + " can't be used");
        }
    }
}
