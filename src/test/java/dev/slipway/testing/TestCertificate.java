package dev.slipway.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/// A certificate of 127.0.0.1 that signed itself, and its key, as PEM files.
public record TestCertificate(Path certificate, Path key) {
    private static final String STORE_PASSWORD = "changeit";

    /// Makes one by the JDK's own tool.
    public static TestCertificate make(Path folder, String name)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve(name + ".p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "it",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                "SAN=ip:127.0.0.1,dns:localhost",
                                "-keystore",
                                store.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                STORE_PASSWORD)
                        .inheritIO()
                        .start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException("keytool failed");
        }
        char[] password = STORE_PASSWORD.toCharArray();
        KeyStore keys = KeyStore.getInstance(store.toFile(), password);
        Path certificate = folder.resolve(name + ".pem");
        Path key = folder.resolve(name + ".key");
        write(certificate, "CERTIFICATE", keys.getCertificate("it").getEncoded());
        write(key, "PRIVATE KEY", keys.getKey("it", password).getEncoded());
        return new TestCertificate(certificate, key);
    }

    /// As the configuration names it.
    public String yaml() {
        return "{certificate: '%s', key: '%s'}".formatted(certificate, key);
    }

    private static void write(Path file, String what, byte[] bytes) throws IOException {
        String text =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(bytes);
        Files.writeString(
                file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }
}
