package dev.slipway.backend.edge;

import dev.slipway.config.Configuration;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/// The edge's control interface: HTTP with a bearer token. An answer that takes long is no answer:
/// whoever asks must be able to say within seconds that the edge is away.
public final class Edge {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long MOST_BYTES = 32L << 20;

    private final URI url;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();

    /// @param url for example `http://127.0.0.1:7490`
    public Edge(URI url, String token) {
        this.url = url;
        this.token = token;
    }

    /// The edge that the section `router` names by `url` and `token-file`; empty if it names none.
    public static Optional<Edge> read(Configuration configuration) {
        try (var router = configuration.section("router")) {
            String url = router.textOrNull("url");
            String token = configuration.secret(router, "token");
            if (url == null) {
                return Optional.empty();
            }
            if (!url.matches("https?://[^/?#\\s]+/?")) {
                router.problem("url", "'url' must be like http://127.0.0.1:7490");
                return Optional.empty();
            }
            return Optional.of(new Edge(URI.create(url), token));
        }
    }

    /// For a person.
    public URI url() {
        return url;
    }

    /// @throws IOException if there is no answer, or one that is not 200
    public String get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /// @throws IOException if there is no answer, or one that is not 200
    public String put(String path, String json) throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json");
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        request.build(),
                        BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
        if (answer.statusCode() != 200) {
            throw new IOException("the edge answered " + answer.statusCode());
        }
        return answer.body();
    }
}
