package dev.slipway.backend.queues;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.access.Role;
import dev.slipway.backend.store.StateStore;
import dev.slipway.testing.FailedJobs;
import dev.slipway.testing.FailedJobs.Lot;
import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.States;

import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/// What it costs to look among a million failed jobs: `MillionFailedBench [JOBS] [ROUNDS]
/// [SQLITE|POSTGRES]`. Every request goes over HTTP to a backend with its state on disk; each is
/// compared with reading one job by its id, taken in alternation.
final class MillionFailedBench {
    private static final Instant BEGIN = Instant.parse("2026-11-22T00:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final RunningBackend backend;
    private final String token;

    private MillionFailedBench(RunningBackend backend) {
        this.backend = backend;
        this.token = backend.token(Role.OPERATOR);
    }

    public static void main(String[] args) throws Exception {
        int jobs = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 200;
        States states = args.length > 2 ? States.valueOf(args[2]) : States.SQLITE;
        var home = Files.createTempDirectory("million-failed");
        try (var backend = new RunningBackend(states, home)) {
            try (var store = states.open(backend.state())) {
                long from = System.nanoTime();
                fill(store, jobs);
                System.out.printf("%,d failed jobs put in, %.0f s%n", jobs, since(from));
            }
            var bench = new MillionFailedBench(backend);
            bench.measure(jobs, rounds);
            bench.preview("all", "{}");
            bench.preview(
                    "four parts and a text",
                    "{\"queue\":\"mail\",\"type\":\"mail.send\",\"fingerprint\":\"card\","
                            + "\"text\":\"order 77\"}");
        }
    }

    /// Six in ten are of one fault; the rest failed at the same time, of others.
    private static void fill(StateStore store, int jobs) {
        add(store, "order", jobs * 6 / 10, "mail", "mail.send", "card");
        add(store, "refund", jobs / 10, "mail", "mail.send", "bank");
        add(store, "letter", jobs / 10, "mail", "mail.print", "paper");
        add(store, "pdf", jobs - jobs * 8 / 10, "pdf", "pdf.render", "font");
    }

    private static void add(
            StateStore store, String name, int jobs, String queue, String type, String print) {
        FailedJobs.add(store, new Lot(name, jobs, queue, type, print, BEGIN));
    }

    private void measure(int jobs, int rounds) throws Exception {
        Map<String, String> asked = new LinkedHashMap<>();
        String four = "state=DEAD&queue=mail&type=mail.send&fingerprint=card";
        asked.put("four parts", four);
        asked.put("four parts, a time", four + "&from=" + BEGIN + "&to=" + BEGIN.plusSeconds(60));
        asked.put("four parts, a text that many have", four + "&text=answer");
        asked.put("four parts, a text that one has", four + "&text=order+77+");
        asked.put("a text that none has", "state=DEAD&text=nobody");
        asked.put("queue and type of few", "state=DEAD&queue=mail&type=mail.print");
        asked.put("no filter but the state", "state=DEAD");
        System.out.printf("%-40s %9s %9s %9s%n", "", "p50 ms", "p95 ms", "to by-id");
        for (var entry : asked.entrySet()) {
            compare(entry.getKey(), entry.getValue(), jobs, rounds);
        }
        vain("order 77 ".strip() + "x");
    }

    private void compare(String name, String query, int jobs, int rounds) throws Exception {
        var random = new Random(name.hashCode());
        double[] byId = new double[rounds];
        double[] page = new double[rounds];
        for (int i = -20; i < rounds; i++) {
            double one = timed("/api/v1/jobs/order-" + (1 + random.nextInt(jobs * 6 / 10)));
            double all = timed("/api/v1/jobs?" + query);
            if (i >= 0) {
                byId[i] = one;
                page[i] = all;
            }
        }
        Arrays.sort(byId);
        Arrays.sort(page);
        System.out.printf(
                "%-40s %9.2f %9.2f %8.1fx   (by id: p50 %.2f, p95 %.2f)%n",
                name,
                page[rounds / 2],
                page[rounds * 95 / 100],
                page[rounds / 2] / byId[rounds / 2],
                byId[rounds / 2],
                byId[rounds * 95 / 100]);
    }

    /// How long it takes to have looked at all, page after page, for a text that nobody has.
    private void vain(String text) throws Exception {
        long from = System.nanoTime();
        int pages = 0;
        String next = "";
        do {
            String after = next.isEmpty() ? "" : "&after=" + next;
            String query =
                    "state=DEAD&text=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + after;
            var page = JSON.readTree(get("/api/v1/jobs?" + query).body());
            next = page.path("next").asText("");
            pages++;
            if (page.path("next").isNull()) {
                break;
            }
        } while (!next.isEmpty());
        System.out.printf("all looked at in vain: %d pages, %.1f s%n", pages, since(from));
    }

    private void preview(String name, String filter) throws Exception {
        long from = System.nanoTime();
        var request =
                HttpRequest.newBuilder(backend.uri("/api/v1/repairs"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "preview-" + name.hashCode())
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"act\":\"RETRY\",\"filter\":" + filter + "}"))
                        .build();
        var repair = JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
        double first = since(from);
        String id = repair.path("id").asText();
        while (repair.path("state").asText().equals("COUNTING")) {
            repair = JSON.readTree(get("/api/v1/repairs/" + id).body());
        }
        System.out.printf(
                "preview of %s: %,d counted, first answer after %.2f s, whole after %.2f s%n",
                name, repair.path("preview").path("total").asLong(), first, since(from));
    }

    private double timed(String path) throws Exception {
        long from = System.nanoTime();
        var answer = get(path);
        double millis = (System.nanoTime() - from) / 1e6;
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + ": " + answer.body());
        }
        return millis;
    }

    private HttpResponse<String> get(String path) throws Exception {
        var request =
                HttpRequest.newBuilder(backend.uri(path.replace(" ", "+")))
                        .header("Authorization", "Bearer " + token)
                        .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static double since(long from) {
        return (System.nanoTime() - from) / 1e9;
    }
}
