package dev.slipway.sandbox.supervisor;

import dev.slipway.sandbox.generate.Size;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The sandbox's home folder: its configuration, tokens, plans and databases.
final class Home {
    private static final String TEMPLATE = "/sandbox/slipway.yaml";
    private static final String PLAN = "/assets/plans/sandbox.yaml";

    /// The sections `invoicing` and `mail` for a shop of this schema.
    private static final String INVOICING = "/assets/invoicing/example.yaml";

    private static final String EXPORTS = "/assets/exports/example.yaml";

    private final Path folder;

    /// A free port of this machine for each process that serves.
    record Ports(int backend, int shop, int legacy, int edge) {
        /// Finds four that are free now.
        ///
        /// @param backend the one asked for, which stands instead of the first
        static Ports free(OptionalInt backend) {
            List<ServerSocket> sockets = new ArrayList<>();
            try {
                for (int i = 0; i < 4; i++) {
                    sockets.add(new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")));
                }
                return new Ports(
                        backend.orElse(port(sockets, 0)),
                        port(sockets, 1),
                        port(sockets, 2),
                        port(sockets, 3));
            } catch (IOException e) {
                throw new UncheckedIOException("no free ports", e);
            } finally {
                sockets.forEach(Home::close);
            }
        }

        private static int port(List<ServerSocket> sockets, int index) {
            return sockets.get(index).getLocalPort();
        }
    }

    Home(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    Path legacyDatabase() {
        return folder.resolve("legacy").resolve("legacy.sqlite");
    }

    Path configuration() {
        return folder.resolve("slipway.yaml");
    }

    Path consoleToken() {
        return folder.resolve("console.token");
    }

    Path edgeToken() {
        return folder.resolve("edge").resolve("token");
    }

    Path logs() {
        return folder.resolve("logs");
    }

    /// Writes the configuration, anew at each start: the ports are other ones.
    void writeConfiguration(Ports ports, long seed, Size size, Optional<Double> perSecond) {
        Map<String, String> values =
                Map.of(
                        "HOME", folder.toString().replace('\\', '/'),
                        "BACKEND_PORT", Integer.toString(ports.backend()),
                        "SHOP_PORT", Integer.toString(ports.shop()),
                        "LEGACY_PORT", Integer.toString(ports.legacy()),
                        "EDGE_PORT", Integer.toString(ports.edge()),
                        "SEED", Long.toString(seed),
                        "LINES", Integer.toString(size.lines()),
                        "VISITORS",
                                perSecond.map(rate -> "visitors-per-second: " + rate).orElse(""));
        String text = resource(TEMPLATE);
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("@" + value.getKey() + "@", value.getValue());
        }
        try {
            for (String part :
                    List.of("legacy", "shop", "edge", "logs", "mail", "plans", "state")) {
                Files.createDirectories(folder.resolve(part));
            }
            Files.writeString(
                    configuration(),
                    String.join("\n", text, resource(INVOICING), resource(EXPORTS)));
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + configuration(), e);
        }
    }

    /// Makes the tokens that are not there yet, for the owner's eyes alone.
    void ensureTokens() {
        ensureToken(folder.resolve("shop").resolve("token"));
        ensureToken(edgeToken());
    }

    private static void ensureToken(Path file) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        try {
            if (Files.exists(file)) {
                return;
            }
            boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
            if (posix) {
                Files.createFile(
                        file,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(file, HexFormat.of().formatHex(secret));
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the token " + file, e);
        }
    }

    /// Copies the sandbox's migration plan out of the class path.
    void copyPlans() {
        try {
            Files.writeString(folder.resolve("plans").resolve("sandbox.yaml"), resource(PLAN));
        } catch (IOException e) {
            throw new UncheckedIOException("can't copy the plan", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Home.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
