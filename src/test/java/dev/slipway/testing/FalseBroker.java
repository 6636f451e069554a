package dev.slipway.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A management API that answers what a test has it answer, right or wrong; what it was told
/// nothing of is answered by 404 and an empty page.
public final class FalseBroker implements AutoCloseable {
    private static final Answer NONE = new Answer(404, "text/html", new byte[0], false);

    private final ConcurrentHashMap<String, Answer> answers = new ConcurrentHashMap<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private final HttpServer server;

    /// @param type of content
    /// @param slow whether only its first byte comes
    public record Answer(int status, String type, byte[] body, boolean slow) {
        /// JSON, or what passes for it.
        public static Answer of(String body) {
            return of(200, "application/json", body);
        }

        public static Answer of(int status, String type, String body) {
            return new Answer(status, type, body.getBytes(StandardCharsets.UTF_8), false);
        }
    }

    public FalseBroker() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// @param path raw, without what is asked after `?`
    public void put(String path, Answer answer) {
        answers.put(path, answer);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Answer answer = answers.getOrDefault(exchange.getRequestURI().getRawPath(), NONE);
        byte[] body = answer.body();
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        try (exchange) {
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            if (answer.slow()) {
                exchange.getResponseBody().write(body, 0, 1);
                exchange.getResponseBody().flush();
                never.await(60, TimeUnit.SECONDS);
            } else {
                exchange.getResponseBody().write(body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // the asker went away: that is what some of these are for
        }
    }

    @Override
    public void close() {
        never.countDown();
        server.stop(0);
    }
}
