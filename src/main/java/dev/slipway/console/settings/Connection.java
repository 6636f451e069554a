package dev.slipway.console.settings;

import org.jspecify.annotations.Nullable;

import java.net.URI;

/// A backend to connect to.
///
/// @param name what a person calls it; what is kept offline is kept under this name
/// @param url where it is, without the contract's root
/// @param tokenFile a file that holds a bearer token, read at each attempt; null to log in
/// @param certificate a PEM file that is trusted, and nothing else; null for what the machine
///   trusts
public record Connection(
        String name, URI url, @Nullable String tokenFile, @Nullable String certificate) {
    private static final int MOST = 60;

    public Connection(String name, URI url, @Nullable String tokenFile) {
        this(name, url, tokenFile, null);
    }

    public Connection {
        name = name.strip();
        if (name.isEmpty() || name.length() > MOST) {
            throw new IllegalArgumentException("a name has 1 to " + MOST + " characters");
        }
        String scheme = url.getScheme();
        if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("an address is like https://host:port");
        }
    }

    /// The name of the file that it is kept in, without its ending: no two names share one.
    public String fileName() {
        String plain = name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return plain + "-" + Integer.toHexString(name.hashCode());
    }
}
