package dev.slipway.backend.brokers;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A broker's management interface. An answer is limited in size and in time, its body included.
final class Management implements AutoCloseable {
    private static final long MOST_BYTES = 48L << 20;

    private final BrokerSettings settings;
    private final Duration patience;
    private final HttpClient http;

    Management(BrokerSettings settings, Duration patience) {
        this.settings = settings;
        this.patience = patience;
        this.http =
                HttpClient.newBuilder()
                        .connectTimeout(patience)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
    }

    /// A name as one part of a path, `/` too.
    static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// @param path raw, from `/api` on
    /// @throws IOException if there is no answer in time, or one that is too large
    JsonNode get(String path) throws IOException, InterruptedException, BrokerRefused, Unreadable {
        return Lenient.tree(send(request(path).GET().build()));
    }

    JsonNode post(String path, Object body)
            throws IOException, InterruptedException, BrokerRefused, Unreadable {
        return Lenient.tree(
                send(
                        request(path)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(Lenient.write(body)))
                                .build()));
    }

    private HttpRequest.Builder request(String path) {
        String secret = settings.user() + ":" + settings.password();
        return HttpRequest.newBuilder(URI.create(settings.url() + path))
                .timeout(patience)
                .header("Accept", "application/json")
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
    }

    private String send(HttpRequest request)
            throws IOException, InterruptedException, BrokerRefused {
        HttpResponse<String> answer = exchange(request);
        int status = answer.statusCode();
        return switch (status) {
            case 200 -> answer.body();
            case 401 ->
                    throw new BrokerRefused(
                            401, "it refuses the user '" + settings.user() + "' or the password");
            case 403 ->
                    throw new BrokerRefused(
                            403,
                            "the user '"
                                    + settings.user()
                                    + "' may not ask that: it wants the tag 'monitoring' or"
                                    + " rights in the virtual host");
            case 404 -> throw new BrokerRefused(404, "it knows nothing of what was asked for");
            default -> throw new BrokerRefused(status, "it answered with status " + status);
        };
    }

    /// The client's own limit of time ends with the headers.
    private HttpResponse<String> exchange(HttpRequest request)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no whole answer in " + patience.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException(why(e.getCause()), e);
        } finally {
            answer.cancel(true);
        }
    }

    private static String why(@Nullable Throwable cause) {
        if (cause == null) {
            return "the request failed";
        }
        return cause instanceof java.net.ConnectException
                ? "nothing answers there"
                : cause.getMessage() == null
                        ? cause.getClass().getSimpleName()
                        : cause.getMessage();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
