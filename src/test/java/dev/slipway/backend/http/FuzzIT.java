package dev.slipway.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.backend.http.MalformedRequests.Malformed;
import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.States;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Ten thousand malformed requests over raw sockets: each is refused as problem+json, none hangs,
/// is closed without a word, is answered with a fault, or tells of our insides. Each run has a seed
/// of its own, which it prints; `-Dfuzz.seed=…` repeats one.
@ParameterizedClass
@EnumSource(States.class)
class FuzzIT {
    private final States states;

    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 10_000);
    private static final int PATIENCE_MILLIS = 60_000;

    @TempDir Path home;

    FuzzIT(States states) {
        this.states = states;
    }

    @Test
    void malformedRequestsAreRefusedAsProblems() throws Exception {
        long seed = Long.getLong("fuzz.seed", new Random().nextInt(1_000_000));
        Map<String, Integer> figures = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        long began = System.nanoTime();
        try (var backend = new RunningBackend(states, home);
                ExecutorService senders = Executors.newFixedThreadPool(4)) {
            var requests = new MalformedRequests(seed, backend.routes(), backend.token(Role.ADMIN));
            List<Future<String>> answers = new ArrayList<>();
            List<Malformed> sent = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                Malformed request = requests.next();
                sent.add(request);
                answers.add(senders.submit(() -> ask(backend.port(), request.bytes())));
                if (answers.size() % 500 == 0) {
                    // the answers of so many large requests would not all fit into memory
                    answers.getLast().get();
                }
            }
            for (int i = 0; i < REQUESTS; i++) {
                String answer = answers.get(i).get();
                String outcome = outcome(answer);
                figures.merge(sent.get(i).kind() + " → " + outcome, 1, Integer::sum);
                if (!outcome.matches("4\\d\\d problem") || leaks(answer)) {
                    wrong.add(
                            sent.get(i).kind()
                                    + ": "
                                    + text(sent.get(i).bytes(), 300)
                                    + " → "
                                    + outcome
                                    + " "
                                    + answer.substring(0, Math.min(300, answer.length())));
                }
            }
            assertThat(backend.get("/api/v1/health", null).statusCode()).isEqualTo(200);
        }
        long seconds = (System.nanoTime() - began) / 1_000_000_000;
        System.out.println(
                "fuzz: seed " + seed + ", " + REQUESTS + " requests in " + seconds + " s");
        figures.forEach((what, count) -> System.out.println("  " + what + ": " + count));
        assertThat(wrong.subList(0, Math.min(10, wrong.size())))
                .as("seed " + seed + ": " + wrong.size() + " wrong")
                .isEmpty();
    }

    private static String outcome(String answer) {
        if (answer.isEmpty()) {
            return "closed";
        }
        if (!answer.startsWith("HTTP/1.1 ")) {
            return answer;
        }
        boolean problem =
                answer.contains("Content-Type: application/problem+json")
                        && answer.contains("\"type\":\"urn:slipway:problem:");
        return answer.substring(9, 12) + (problem ? " problem" : " plain");
    }

    private static boolean leaks(String answer) {
        return answer.contains("\tat ")
                || answer.contains("dev.slipway")
                || answer.contains("Exception")
                || answer.contains("jackson")
                || answer.contains("helidon");
    }

    /// @return what the server said before it closed; `hung` if it did neither
    private static String ask(int port, byte[] request) throws IOException {
        var said = new ByteArrayOutputStream();
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
            } catch (SocketException e) {
                // the server may have answered and hung up before all was sent
            }
            byte[] buffer = new byte[8_192];
            for (int n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                said.write(buffer, 0, n);
            }
        } catch (SocketTimeoutException e) {
            return "hung";
        } catch (SocketException e) {
            // a reset after the answer; what was said counts
        }
        return said.toString(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes, int most) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.substring(0, Math.min(most, text.length()))
                .replaceAll("Bearer [A-Za-z0-9_-]{43}", "Bearer …");
    }
}
