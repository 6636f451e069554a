package dev.slipway.sandbox.edge;

import dev.slipway.shop.answers.ShopRoutes;
import dev.slipway.shop.http.Ask;
import dev.slipway.shop.http.Problem;
import dev.slipway.shop.http.Reply;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// One pool: where it is, and the way there. A proxy's usual bounds: so many connections, so much
/// patience; who finds no connection in time gets the same 502 as who gets no answer.
final class Upstream implements AutoCloseable {
    private static final int CONNECTIONS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI pool;
    private final Optional<String> token;
    private final Semaphore connections = new Semaphore(CONNECTIONS, true);
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    /// @param token the pool's service token, if it wants one
    Upstream(URI pool, Optional<String> token) {
        this.pool = pool;
        this.token = token;
    }

    Reply forward(Ask ask) {
        HttpRequest request = request(ask);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            if (!connections.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return noAnswer("All connections to the pool are taken.");
            }
            try {
                long left = Math.max(1, deadline - System.nanoTime());
                return reply(send(request, Duration.ofNanos(left)));
            } finally {
                connections.release();
            }
        } catch (IOException e) {
            return noAnswer("The pool did not answer.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return noAnswer("The edge is closing.");
        }
    }

    private HttpResponse<byte[]> send(HttpRequest request, Duration patience)
            throws IOException, InterruptedException {
        HttpRequest timed =
                HttpRequest.newBuilder(request, (_, _) -> true).timeout(patience).build();
        return http.send(timed, BodyHandlers.ofByteArray());
    }

    private HttpRequest request(Ask ask) {
        byte[] body = ask.body();
        BodyPublisher publisher =
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        try {
            var request = HttpRequest.newBuilder(pool.resolve(ask.target()));
            request.method(ask.method(), publisher);
            ask.header("Content-Type").ifPresent(type -> request.header("Content-Type", type));
            ask.header(ShopRoutes.REFERENCE)
                    .ifPresent(reference -> request.header(ShopRoutes.REFERENCE, reference));
            token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
            return request.build();
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("The request can't be passed on: it is not HTTP.");
        }
    }

    private static Reply reply(HttpResponse<byte[]> response) {
        return new Reply(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse("application/octet-stream"),
                response.body(),
                Map.of());
    }

    private static Reply noAnswer(String why) {
        return Reply.problem(new Problem(502, "no-answer", why));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
