package dev.slipway.testing;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/// A real RabbitMQ with its management API: a private node with ports, a name and a folder of its
/// own. Debian: `rabbitmq-server`.
///
/// [#shared] is one for the whole JVM, for tests that keep to a virtual host of their own
/// ([#freshVhost]); [#start] is one that a test may kill and start again on what it left.
public final class RabbitMq implements AutoCloseable {
    public static final String USER = "guest";
    public static final String PASSWORD = "guest";

    private static final AtomicInteger VHOSTS = new AtomicInteger();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final @Nullable RabbitNode node;
    private final URI amqp;
    private final URI management;

    /// @param node null if someone else runs it
    private RabbitMq(@Nullable RabbitNode node, URI amqp, URI management) {
        this.node = node;
        this.amqp = amqp;
        this.management = management;
    }

    /// Started on first use, ended with the JVM.
    private static final class Shared {
        static final RabbitMq INSTANCE = find();

        private static RabbitMq find() {
            String amqp = System.getenv("SLIPWAY_TEST_RABBITMQ");
            String http = System.getenv("SLIPWAY_TEST_RABBITMQ_HTTP");
            if (amqp != null && http != null) {
                return new RabbitMq(null, URI.create(amqp), URI.create(http));
            }
            try {
                return start(Files.createTempDirectory("slipway-rabbitmq"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// The one that `SLIPWAY_TEST_RABBITMQ` (an `amqp:` URL) and `SLIPWAY_TEST_RABBITMQ_HTTP` name,
    /// else one started for this JVM. Don't kill it.
    ///
    /// @throws org.opentest4j.TestAbortedException if it is not installed
    public static RabbitMq shared() {
        RabbitNode.program();
        return Shared.INSTANCE;
    }

    /// Starts one and waits until both of its ports answer; 5 to 20 seconds.
    ///
    /// @throws org.opentest4j.TestAbortedException if it is not installed
    public static RabbitMq start(Path folder) {
        RabbitNode node = RabbitNode.launch(folder);
        var rabbit = new RabbitMq(node, node.amqp(), node.management());
        rabbit.awaitReady();
        return rabbit;
    }

    private void awaitReady() {
        Eventually.eventually(
                "RabbitMQ answers at " + management,
                () -> ready() || (node != null && !node.isAlive()));
        if (node != null && !node.isAlive()) {
            throw new IllegalStateException("RabbitMQ ended: see " + node.log());
        }
    }

    private boolean ready() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), amqp.getPort())) {
            return socket.isConnected() && manage("GET", "/api/overview", null).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    public String host() {
        return amqp.getHost();
    }

    /// The port that speaks AMQP 0-9-1.
    public int port() {
        return amqp.getPort();
    }

    /// With user, password and virtual host, as `ConnectionFactory.setUri` takes it.
    public String uri(String vhost) {
        String user = USER + ":" + PASSWORD;
        return "amqp://" + user + "@" + host() + ":" + port() + "/" + encode(vhost);
    }

    /// The management API, for example `http://127.0.0.1:15672`, without user and password.
    public URI management() {
        return URI.create("http://" + management.getHost() + ":" + management.getPort());
    }

    /// Makes an empty virtual host that the user may do anything in.
    ///
    /// @return its name
    public String freshVhost() {
        return makeVhost("t" + ProcessHandle.current().pid() + "-" + VHOSTS.incrementAndGet());
    }

    /// Makes a virtual host of a given name.
    public String makeVhost(String name) {
        expect("PUT", "/api/vhosts/" + encode(name), "{}");
        expect(
                "PUT",
                "/api/permissions/" + encode(name) + "/" + USER,
                "{\"configure\":\".*\",\"write\":\".*\",\"read\":\".*\"}");
        return name;
    }

    private void expect(String method, String path, String body) {
        try {
            HttpResponse<String> answer = manage(method, path, body);
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(path + ": " + answer.statusCode() + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Asks the management API.
    ///
    /// @param path raw, from `/api` on
    public HttpResponse<String> manage(String method, String path, @Nullable String body)
            throws IOException {
        String secret = USER + ":" + PASSWORD;
        String basic = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        var request =
                HttpRequest.newBuilder(URI.create(management() + path))
                        .timeout(Duration.ofSeconds(20))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body))
                        .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /// A name as one part of a path: `/` too.
    public static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// Ends it as a power cut would.
    ///
    /// @throws IllegalStateException if someone else runs it
    public void kill() {
        own().kill();
    }

    /// Starts it again on what it left, and waits until it answers.
    public void startAgain() {
        own().startAgain();
        awaitReady();
    }

    private RabbitNode own() {
        if (node == null) {
            throw new IllegalStateException("not ours to kill: " + management);
        }
        return node;
    }

    @Override
    public void close() {
        own().close();
    }
}
