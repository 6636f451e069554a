package dev.slipway.console;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.client.BackendClient;
import dev.slipway.client.BackendClient.TokenSource;
import dev.slipway.client.http.Json;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.console.settings.Connection;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/// One backend: how it is called and what is kept of it.
record Link(Connection connection, BackendClient client, OfflineStore store) {
    private static final System.Logger LOG = System.getLogger(Link.class.getName());

    static Link open(
            Connection connection, Path folder, long maxBytes, Executor ui, InstantSource clock) {
        return new Link(
                connection,
                new BackendClient(connection.url(), tokens(connection), certificate(connection)),
                OfflineStore.open(file(connection, folder), maxBytes, ui, clock));
    }

    /// Deletes what is kept of a connection that is not open.
    static void forget(Connection connection, Path folder) throws IOException {
        OfflineStore.delete(file(connection, folder));
    }

    private static Path file(Connection connection, Path folder) {
        return folder.resolve(connection.fileName() + ".sqlite");
    }

    private static @Nullable Path certificate(Connection connection) {
        String file = connection.certificate();
        return file == null ? null : Path.of(file);
    }

    /// The file holds a bare token, or an object with one as `serve --console-token-file` writes
    /// it.
    private static TokenSource tokens(Connection connection) {
        String file = connection.tokenFile();
        if (file == null) {
            return TokenSource.NONE;
        }
        ObjectMapper json = Json.mapper();
        return () -> {
            try {
                String text = Files.readString(Path.of(file)).strip();
                return text.startsWith("{") ? json.readTree(text).path("token").asText() : text;
            } catch (NoSuchFileException e) {
                LOG.log(Level.DEBUG, "there is no token file {0} yet", file);
                return null;
            } catch (IOException e) {
                LOG.log(Level.WARNING, "can''t read the token file {0}", file);
                return null;
            }
        };
    }
}
