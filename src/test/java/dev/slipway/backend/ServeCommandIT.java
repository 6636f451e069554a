package dev.slipway.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The server as a process of its own.
class ServeCommandIT {
    @TempDir Path home;

    @Test
    void saysWhenItServesLogsTheConsoleInAndEndsWithItsParent() throws Exception {
        Path tokenFile = home.resolve("console.json");
        Process process =
                start(
                        "backend: {port: 0}\n",
                        "serve",
                        "--with-parent",
                        "--console-token-file",
                        tokenFile.toString());
        try {
            var out = reader(process);
            String ready = out.readLine();
            assertThat(ready).matches("ready http://127\\.0\\.0\\.1:\\d+");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokenFile)))
                    .isEqualTo("rw-------");
            var console = new ObjectMapper().readTree(tokenFile.toFile());
            assertThat(console.get("url").asText()).isEqualTo(ready.substring(6));
            assertThat(console.get("user").asText()).isEqualTo("sandbox");
            assertThat(console.get("role").asText()).isEqualTo("ADMIN");
            var answer =
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(
                                                    URI.create(
                                                            console.get("url").asText()
                                                                    + "/api/v1/session"))
                                            .header(
                                                    "Authorization",
                                                    "Bearer " + console.get("token").asText())
                                            .build(),
                                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);

            process.getOutputStream().close();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(out.readLine()).isNull();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void sigtermEndsIt() throws Exception {
        Process process = start("backend: {port: 0}\n", "serve");
        try {
            assertThat(reader(process).readLine()).startsWith("ready ");
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            // the write-ahead log is folded in and gone when the database was closed in order
            assertThat(home.resolve("state/state.sqlite-wal")).doesNotExist();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void productionGivesNoConsoleToken() throws Exception {
        Path tokenFile = home.resolve("console.json");
        Process process =
                start(
                        "environment: {production: true}\nbackend: {port: 0}\n",
                        "serve",
                        "--console-token-file",
                        tokenFile.toString());
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(2);
            assertThat(tokenFile).doesNotExist();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aWrongConfigurationIsNamedWithItsLine() throws Exception {
        Process process = start("environment: {name: x}\nbackend:\n  prot: 1\n", "serve");
        try {
            String error =
                    new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(2);
            assertThat(error).contains("line 3").contains("prot").contains("port");
            assertThat(error).doesNotContain("\tat ");
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(String configuration, String command, String... arguments)
            throws IOException {
        Files.writeString(home.resolve("slipway.yaml"), configuration);
        List<String> line =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.slipway.Slipway",
                                command,
                                "--home",
                                home.toString()));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line).start();
        if (configuration.contains("port: 0")) {
            // what is not read would fill the pipe and hold the process up
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try {
                                    process.getErrorStream().readAllBytes();
                                } catch (IOException e) {
                                    // the process is gone
                                }
                            });
        }
        return process;
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
