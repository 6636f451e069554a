package dev.slipway.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// An edge that says what a test tells it to say.
public final class FakeEdge implements AutoCloseable {
    public static final String TOKEN = "secret-of-the-edge";

    /// The answer to the question for intervals.
    public volatile String intervals = "[]";

    /// Whether it takes a new weight.
    public volatile boolean obeys = true;

    public final AtomicInteger weight = new AtomicInteger();

    /// The questions that came, as method, path and query.
    public final List<String> asked = new CopyOnWriteArrayList<>();

    private final HttpServer server;

    private FakeEdge(HttpServer server) {
        this.server = server;
    }

    public static FakeEdge start() throws IOException {
        return start(0);
    }

    public static FakeEdge start(int port) throws IOException {
        var at = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        var edge = new FakeEdge(HttpServer.create(at, 0));
        edge.server.createContext("/edge/v1/weight", edge::weight);
        edge.server.createContext("/edge/v1/intervals", e -> edge.answer(e, edge.intervals));
        edge.server.start();
        return edge;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void weight(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("PUT") && obeys) {
            weight.set(Integer.parseInt(body.replaceAll("\\D", "")));
        }
        answer(exchange, "{\"newPercent\":" + weight.get() + "}");
    }

    private void answer(HttpExchange exchange, String json) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        boolean known =
                ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] bytes = (known ? json : "{}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(known ? 200 : 401, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
