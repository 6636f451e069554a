package dev.slipway.shop.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/// Lets only those ask who know the token.
public final class Bearer {
    private final byte[] expected;

    private Bearer(String token) {
        this.expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    }

    /// The token that stands in a file.
    public static Bearer ofFile(Path file) {
        return new Bearer(token(file));
    }

    /// Reads a token.
    ///
    /// @throws UncheckedIOException if the file can't be read
    public static String token(Path file) {
        try {
            String token = Files.readString(file).strip();
            if (token.isEmpty()) {
                throw new IllegalStateException("the token file " + file + " is empty");
            }
            return token;
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the token file " + file, e);
        }
    }

    /// The route for those with the token alone.
    public Route guard(Route route) {
        return new Route(
                route.method(),
                route.template(),
                ask -> {
                    String given = ask.header("Authorization").orElse("");
                    if (!MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected)) {
                        throw new Problem(
                                401, "token", "Send the service token as Authorization: Bearer.");
                    }
                    return route.handler().answer(ask);
                });
    }
}
