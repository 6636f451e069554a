package dev.slipway.sandbox.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.shop.http.Reply;
import dev.slipway.shop.http.Route;
import dev.slipway.shop.http.Server;
import dev.slipway.testing.Eventually;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

class EdgeServerIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORDER = "{\"total\": 12.34, \"state\": \"taken\"}";

    @TempDir Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<AutoCloseable> open = new ArrayList<>();
    private URI legacy = URI.create("");
    private URI edge = URI.create("");

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("token"), "secret");
        Server pool = Server.start("127.0.0.1", 0, legacyRoutes());
        open.add(pool);
        legacy = URI.create(pool.url());
        edge = URI.create(startEdge().url());
    }

    private static List<Route> legacyRoutes() {
        return List.of(
                new Route("POST", "/shop/v1/orders", _ -> Reply.of(201, tree(ORDER))),
                new Route("GET", "/shop/v1/products/{id}", _ -> Reply.ok(Map.of("a", 1))));
    }

    /// The new pool's address refuses connections.
    private EdgeServer startEdge() throws IOException {
        int closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closed = socket.getLocalPort();
        }
        EdgeServer server =
                EdgeServer.start(
                        new EdgeServer.Settings(
                                0,
                                folder.resolve("token"),
                                folder.resolve("state").resolve("weight.json"),
                                legacy,
                                URI.create("http://127.0.0.1:" + closed),
                                "shop-token"),
                        Clock.systemUTC(),
                        List.of());
        open.add(server);
        return server;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        http.close();
    }

    @Test
    void measuresFromTheIntendedMomentAndCountsOrders() throws Exception {
        long meant = (Instant.now().toEpochMilli() - 1_500) * 1_000;
        send(visit("GET", "/shop/v1/products/7", "").header("X-Intended-Micros", "" + meant));
        send(visit("POST", "/shop/v1/orders", "{}"));

        List<JsonNode> rows = rows(2);

        JsonNode product = row(rows, "/shop/v1/products/{id}");
        assertThat(product.get("pool").asText()).isEqualTo("legacy");
        assertThat(product.get("requests").asLong()).isEqualTo(1);
        assertThat(product.get("errors").asLong()).isZero();
        assertThat(histogram(product).getTotalCount()).isEqualTo(1);
        assertThat(histogram(product).getMinValue()).isBetween(1_490_000L, 20_000_000L);
        assertThat(Instant.parse(product.get("from").asText())).isBefore(Instant.now());
        assertThat(product.get("millis").asLong()).isPositive();
        assertThat(product.get("epoch").asText()).isNotEmpty();
        JsonNode order = row(rows, "/shop/v1/orders");
        assertThat(order.get("orders").asLong()).isEqualTo(1);
        assertThat(order.get("orderValue").decimalValue()).isEqualByComparingTo("12.34");
        assertThat(order.get("currency").asText()).isEqualTo("EUR");
        assertThat(order.get("seq").asLong()).isNotEqualTo(product.get("seq").asLong());
    }

    @Test
    void rowsAfterTheLastOneSeenAreOnlyNewOnes() throws Exception {
        send(visit("GET", "/shop/v1/products/7", ""));
        long last = rows(1).getLast().get("seq").asLong();

        send(visit("GET", "/shop/v1/products/8", ""));

        Eventually.eventually("a second row", () -> intervals(last).size() == 1);
        assertThat(intervals(last).getFirst().get("seq").asLong()).isGreaterThan(last);
    }

    @Test
    void aPoolThatCanNotBeReachedGives502OfThatPool() throws Exception {
        assertThat(put("/edge/v1/weight", "{\"newPercent\":100}").statusCode()).isEqualTo(200);

        HttpResponse<String> answer = send(visit("GET", "/shop/v1/products/7", ""));

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue("X-Pool")).contains("new");
        JsonNode row = rows(1).getFirst();
        assertThat(row.get("pool").asText()).isEqualTo("new");
        assertThat(row.get("errors").asLong()).isEqualTo(1);
    }

    @Test
    void theWeightSurvivesARestart() throws Exception {
        put("/edge/v1/weight", "{\"newPercent\":37}");

        edge = URI.create(startEdge().url());

        assertThat(JSON.readTree(get("/edge/v1/weight").body()))
                .isEqualTo(JSON.readTree("{\"newPercent\":37}"));
    }

    @Test
    void theSequenceGrowsOverARestart() throws Exception {
        send(visit("GET", "/shop/v1/products/7", ""));
        long last = rows(1).getLast().get("seq").asLong();

        edge = URI.create(startEdge().url());
        send(visit("GET", "/shop/v1/products/7", ""));

        Eventually.eventually("a row of the new run", () -> intervals(last).size() == 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"newPercent\":101}",
                "{\"newPercent\":-1}",
                "{\"newPercent\":5.5}",
                "{\"newPercent\":\"5\"}",
                "{\"newPercent\":null}",
                "{}",
                "{\"newPercent\":5,\"other\":1}",
                "[5]",
                "5",
                "",
                "{\"newPercent\":"
            })
    void aWrongWeightIsRefusedAndChangesNothing(String body) throws Exception {
        put("/edge/v1/weight", "{\"newPercent\":20}");

        HttpResponse<String> answer = put("/edge/v1/weight", body);

        assertThat(answer.statusCode()).isBetween(400, 499);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(get("/edge/v1/weight").body()).isEqualTo("{\"newPercent\":20}");
    }

    @Test
    void commandsNeedTheToken() throws Exception {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(edge.resolve("/edge/v1/weight")).GET());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("newPercent");
    }

    private HttpRequest.Builder visit(String method, String target, String body) {
        return HttpRequest.newBuilder(edge.resolve(target))
                .header("X-Visitor", "v1")
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
    }

    private HttpResponse<String> put(String target, String body) throws Exception {
        return send(
                HttpRequest.newBuilder(edge.resolve(target))
                        .header("Authorization", "Bearer secret")
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String target) throws Exception {
        return send(
                HttpRequest.newBuilder(edge.resolve(target))
                        .header("Authorization", "Bearer secret"));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /// All rows, once there are as many.
    private List<JsonNode> rows(int count) {
        Eventually.eventually(count + " rows", () -> intervals(0).size() >= count);
        return intervals(0);
    }

    private List<JsonNode> intervals(long after) {
        try {
            List<JsonNode> rows = new ArrayList<>();
            JSON.readTree(get("/edge/v1/intervals?after=" + after).body()).forEach(rows::add);
            return rows;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode row(List<JsonNode> rows, String route) {
        return rows.stream()
                .filter(row -> row.get("route").asText().equals(route))
                .findFirst()
                .orElseThrow();
    }

    private static Histogram histogram(JsonNode row) throws Exception {
        byte[] bytes = Base64.getDecoder().decode(row.get("histogram").asText());
        return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0);
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
