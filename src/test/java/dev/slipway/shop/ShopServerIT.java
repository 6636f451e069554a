package dev.slipway.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class ShopServerIT {
    private static final String TOKEN = "of-this-test";
    private static final String ORDER =
            "{\"buyer\":{\"name\":\"A\",\"email\":\"a@b.example\"},"
                    + "\"lines\":[{\"sku\":\"1\",\"quantity\":1}]}";

    @TempDir static Path folder;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<ShopServer> SERVERS = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        SERVERS.add(
                ShopServer.start(
                        new ShopSettings(
                                "127.0.0.1",
                                0,
                                URI.create("http://127.0.0.1:1"),
                                Files.writeString(folder.resolve("token"), TOKEN),
                                folder.resolve("intake.sqlite"),
                                dev.slipway.shop.cache.CacheSettings.STANDARD,
                                "jdbc:sqlite:" + folder.resolve("shop.sqlite")),
                        Clock.systemUTC()));
    }

    @AfterAll
    static void close() throws Exception {
        for (ShopServer server : SERVERS) {
            server.close();
        }
    }

    private static URI url(String target) {
        return URI.create(SERVERS.getFirst().url() + target);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /shop/v1/products",
        "GET, /shop/v1/products/1",
        "GET, /shop/v1/vendors",
        "GET, /shop/v1/vendors/1/dashboard",
        "GET, /shop/v1/orders/1",
        "POST, /shop/v1/orders",
        "GET, /shop/v1/intake/x",
        "DELETE, /shop/v1/cache"
    })
    void everyEntityIsBehindTheToken(String method, String target) throws Exception {
        for (String token : new String[] {"", "Bearer", "Bearer other", TOKEN, "bearer " + TOKEN}) {
            var request =
                    HttpRequest.newBuilder(url(target))
                            .method(method, BodyPublishers.ofString(ORDER))
                            .header("Content-Type", "application/json");
            if (!token.isEmpty()) {
                request.header("Authorization", token);
            }
            assertProblem(HTTP.send(request.build(), BodyHandlers.ofString()), 401);
        }
    }

    @Test
    void healthNeedsNoTokenAndTellsOfCacheAndIntake() throws Exception {
        String health =
                HTTP.send(
                                HttpRequest.newBuilder(url("/shop/v1/health")).build(),
                                BodyHandlers.ofString())
                        .body();

        assertThat(new ObjectMapper().readTree(health).at("/intake/waiting").asInt(-1)).isZero();
        assertThat(new ObjectMapper().readTree(health).has("cacheHitRatio")).isTrue();
    }

    @Test
    void aRepeatedQuestionIsAnsweredFromTheCache() throws Exception {
        send("DELETE", "/shop/v1/cache", "", "");
        double before = hits();
        for (int i = 0; i < 3; i++) {
            assertThat(send("GET", "/shop/v1/vendors", "", "").statusCode()).isEqualTo(200);
        }
        assertThat(hits() - before).isEqualTo(2);
    }

    private static double hits() throws Exception {
        return new ObjectMapper()
                .readTree(send("GET", "/shop/v1/health", "", "").body())
                .get("cache")
                .get("hits")
                .asDouble();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"buyer\":null,\"lines\":[]}",
                "{\"buyer\":{\"name\":\"A\",\"email\":\"a@b.example\"},\"lines\":[]}",
                "{\"buyer\":{\"name\":\"A\",\"email\":\"ab.example\"},\"lines\":[{\"sku\":\"1\",\"quantity\":1}]}",
                "{\"buyer\":{\"name\":\"A\",\"email\":\"a@b.example\"},\"lines\":[null]}",
                "{\"buyer\":{\"name\":\"A\",\"email\":\"a@b.example\"},\"lines\":[{\"sku\":\"1\",\"quantity\":0}]}",
                "{\"buyer\":{\"name\":\"A\",\"email\":\"a@b.example\"},\"lines\":[{\"sku\":\"1\",\"quantity\":1.5}]}",
                "{\"buyer\":{\"name\":\"A\",\"email\":\"a@b.example\"},\"lines\":[{\"sku\":\"1\",\"quantity\":\"1\"}]}",
                "{\"buyer\":{\"name\":\"A\",\"email\":\"a@b.example\"},\"lines\":[{\"sku\":\"1\",\"quantity\":99999999999}]}",
                "{\"buyer\":{\"name\":\"A\",\"email\":\"a@b.example\"},\"lines\":[{\"sku\":\"1\",\"quantity\":1},{\"sku\":\"1\",\"quantity\":1}]}",
                "{\"buyer\":{\"name\":\"A\\u0000\",\"email\":\"a@b.example\"},\"lines\":[{\"sku\":\"1\",\"quantity\":1}]}",
                "{\"buyer\":{\"name\":\"A\",\"email\":\"a@b.example\",\"x\":1},\"lines\":[{\"sku\":\"1\",\"quantity\":1}]}",
                "{\"buyer\":{\"name\":\"A\",\"email\":\"a@b.example\"},\"lines\":[{\"sku\":\"404\",\"quantity\":1}]}"
            })
    void aWrongOrderIsRefused(String body) throws Exception {
        assertProblem(send("POST", "/shop/v1/orders", body, "application/json"), 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/shop/v1/products/0",
                "/shop/v1/products/-1",
                "/shop/v1/products/x",
                "/shop/v1/products/99999999999999999999",
                "/shop/v1/products/1/2",
                "/shop/v1/products?limit=0",
                "/shop/v1/products?limit=101",
                "/shop/v1/products?limit=1&limit=2",
                "/shop/v1/products?after=%00",
                "/shop/v1/products?category=%ff",
                "/shop/v1/products?category=%c3%28",
                "/shop/v1/vendors/1",
                "/shop/v1/nothing",
                "/",
                "/shop/v1/products/404"
            })
    void aWrongPathIsRefused(String target) throws Exception {
        assertProblem(send("GET", target, "", ""), 0);
    }

    @Test
    void aHugeBodyIsRefused() throws Exception {
        assertProblem(
                send("POST", "/shop/v1/orders", " ".repeat(300_000) + ORDER, "application/json"),
                413);
    }

    @Test
    void otherMediaTypesAreRefused() throws Exception {
        for (String type : new String[] {"", "text/plain", "application/json;charset=latin1"}) {
            assertProblem(send("POST", "/shop/v1/orders", ORDER, type), 415);
        }
    }

    /// What comes over the wire need not be HTTP at all.
    @Test
    void noiseNeverMakesAServerFault() throws Exception {
        var random = new Random(20_261_123);
        for (int i = 0; i < 300; i++) {
            String answer = raw(noise(random));
            if (!answer.isEmpty()) {
                assertThat(answer).as("answer %d", i).startsWith("HTTP/1.1 4");
                assertThat(answer).doesNotContain("at dev.slipway", "Exception");
            }
        }
        assertThat(send("GET", "/shop/v1/vendors", "", "").statusCode()).isEqualTo(200);
    }

    private static byte[] noise(Random random) {
        byte[] garbage = new byte[random.nextInt(200)];
        random.nextBytes(garbage);
        String head =
                switch (random.nextInt(6)) {
                    case 0 -> "";
                    case 1 -> "GET /shop/v1/products/%zz HTTP/1.1\r\nHost: a\r\n\r\n";
                    case 2 ->
                            "POST /shop/v1/orders HTTP/1.1\r\n"
                                    + "Host: a\r\n"
                                    + "Content-Length: -5\r\n\r\n";
                    case 3 ->
                            "POST /shop/v1/orders HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                                    + TOKEN
                                    + "\r\nContent-Type: application/json\r\nContent-Length: "
                                    + garbage.length
                                    + "\r\n\r\n";
                    case 4 ->
                            "GET /"
                                    + "a".repeat(random.nextInt(9_000))
                                    + " HTTP/1.1\r\nHost: a\r\n\r\n";
                    default -> "BREW\t/ \u0001 HTTP/9\r\n: :\r\n\r\n";
                };
        var all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(garbage);
        return all.toByteArray();
    }

    private static String raw(byte[] request) throws IOException {
        URI server = url("/");
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            return new String(
                    socket.getInputStream().readNBytes(2_000), StandardCharsets.ISO_8859_1);
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the server hangs", e);
        } catch (java.net.SocketException e) {
            return ""; // the server hung up on noise, which it may
        }
    }

    private static HttpResponse<String> send(String method, String target, String body, String type)
            throws Exception {
        var request =
                HttpRequest.newBuilder(url(target))
                        .header("Authorization", "Bearer " + TOKEN)
                        .method(method, BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    /// @param status 0 for any from 400 to 499
    private static void assertProblem(HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).isBetween(400, 499);
        if (status != 0) {
            assertThat(answer.statusCode()).isEqualTo(status);
        }
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        var problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.get("status").asInt()).isEqualTo(answer.statusCode());
        assertThat(problem.get("id").asText()).isNotEmpty();
    }
}
