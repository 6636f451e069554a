package dev.slipway.backend.migration;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A migration that waits because the shop's pages fail, and is killed while it does.
class KilledWaitingIT {
    @TempDir Path folder;
    private final AtomicInteger status = new AtomicInteger(200);

    @SuppressWarnings("NullAway.Init")
    private HttpServer pages;

    @SuppressWarnings("NullAway.Init")
    private KillableShop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new KillableShop(folder);
        pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pages.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(status.get(), -1);
                    exchange.close();
                });
        pages.start();
    }

    @AfterEach
    void stop() {
        pages.stop(0);
    }

    @Test
    void goesOnWhereItWaited() throws Exception {
        plan(
                "throttle: {page-p95: 30 s, pages: [\"http://127.0.0.1:%d/\"], rows-per-second: 3000}\n");
        Process process = migrate();
        eventually("some chunks", () -> shop.chunksDone("killed") > 2);
        status.set(502);
        eventually("it waits", () -> log().contains("answered 502"));
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        long chunks = shop.chunksDone("killed");
        assertThat(log()).contains("waiting: page p95 is unknown: ");

        // the plan may be made less strict meanwhile; the run is the same
        plan("");
        Process again = migrate();
        assertThat(again.waitFor(120, TimeUnit.SECONDS)).isTrue();

        assertThat(again.exitValue()).as(log()).isZero();
        assertThat(shop.chunksDone("killed")).isGreaterThan(chunks);
        shop.assertNothingLostOrDoubled("killed");
    }

    private void plan(String throttle) throws IOException {
        Files.writeString(
                folder.resolve("plan.yaml"),
                throttle.formatted(pages.getAddress().getPort()) + KillableShop.plan("killed"));
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return "";
        }
    }

    private Process migrate() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        MigrateProcess.class.getName(),
                        "--plan",
                        folder.resolve("plan.yaml").toString(),
                        "--source",
                        shop.url("legacy"),
                        "--target",
                        shop.url("killed"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }
}
