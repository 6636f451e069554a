package dev.slipway.sandbox.compare;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.sandbox.generate.Size;
import dev.slipway.shop.http.Json;
import dev.slipway.shop.http.Problem;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Asks both shops the same seeded questions and compares the answers value by value. It means
/// something only while no one buys: an order that came after the copy is in one of them alone.
public final class Comparison {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Significant digits of a measured time.
    private static final int DIGITS = 3;

    private final URI legacy;
    private final URI shop;
    private final String shopToken;

    public Comparison(URI legacy, URI shop, String shopToken) {
        this.legacy = legacy;
        this.shop = shop;
        this.shopToken = shopToken;
    }

    /// What came of it.
    ///
    /// @param requests asked of each shop
    /// @param same requests that both answered alike, to the last value
    /// @param byRule how many values differ by which rule
    /// @param differences all of them
    /// @param legacy how long legacy took
    /// @param cold how long the new shop took when it was asked first: what it has not been asked
    ///   since its start is not in its cache
    /// @param warm how long it took when it was asked all of it once more
    public record Result(
            int requests,
            int same,
            Map<String, Integer> byRule,
            List<Difference> differences,
            Times legacy,
            Times cold,
            Times warm) {
        /// The differences that no rule makes right.
        public List<Difference> undeclared() {
            return differences.stream().filter(difference -> !difference.declared()).toList();
        }
    }

    /// @throws IOException if a shop doesn't answer
    public Result run(long seed, Size size, int requests) throws IOException, InterruptedException {
        List<String> questions = new Questions(seed, size).next(requests);
        List<Difference> all = new ArrayList<>();
        var slow = new Histogram(DIGITS);
        var cold = new Histogram(DIGITS);
        var warm = new Histogram(DIGITS);
        int same = 0;
        try (var http = HttpClient.newHttpClient()) {
            for (String question : questions) {
                List<Difference> found =
                        compare(
                                question,
                                ask(http, legacy, question, slow),
                                ask(http, shop, question, cold));
                all.addAll(found);
                same += found.isEmpty() ? 1 : 0;
            }
            for (String question : questions) {
                ask(http, shop, question, warm);
            }
        }
        Map<String, Integer> byRule = new TreeMap<>();
        all.forEach(difference -> byRule.merge(difference.rule(), 1, Integer::sum));
        return new Result(
                requests, same, byRule, all, Times.of(slow), Times.of(cold), Times.of(warm));
    }

    private static List<Difference> compare(
            String question, HttpResponse<byte[]> old, HttpResponse<byte[]> fresh)
            throws IOException {
        if (old.statusCode() != fresh.statusCode()) {
            return List.of(
                    new Difference(
                            question,
                            "",
                            Integer.toString(old.statusCode()),
                            Integer.toString(fresh.statusCode()),
                            Rules.UNDECLARED));
        }
        List<Difference> found = new ArrayList<>();
        if (old.statusCode() == 200) {
            compare(question, "", tree(old), tree(fresh), found);
        }
        return found;
    }

    /// @param nanos told how long it took
    private HttpResponse<byte[]> ask(HttpClient http, URI of, String question, Histogram nanos)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(of.resolve(question))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + shopToken)
                        .build();
        long start = System.nanoTime();
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        nanos.recordValue(System.nanoTime() - start);
        if (response.statusCode() >= 500 || response.statusCode() == 401) {
            throw new IOException(of + " answered " + question + ": " + response.statusCode());
        }
        return response;
    }

    private static JsonNode tree(HttpResponse<byte[]> response) throws IOException {
        try {
            return Json.tree(response.body());
        } catch (Problem e) {
            throw new IOException(response.uri() + " did not answer with JSON", e);
        }
    }

    private static void compare(
            String question,
            String pointer,
            JsonNode legacy,
            JsonNode fresh,
            List<Difference> found) {
        if (legacy.isObject() && fresh.isObject()) {
            Set<String> fields = new LinkedHashSet<>();
            legacy.fieldNames().forEachRemaining(fields::add);
            fresh.fieldNames().forEachRemaining(fields::add);
            for (String field : fields) {
                compare(
                        question,
                        pointer + "/" + field,
                        legacy.path(field),
                        fresh.path(field),
                        found);
            }
        } else if (legacy.isArray() && fresh.isArray()) {
            for (int i = 0; i < Math.max(legacy.size(), fresh.size()); i++) {
                compare(question, pointer + "/" + i, legacy.path(i), fresh.path(i), found);
            }
        } else if (!equal(legacy, fresh)) {
            found.add(
                    new Difference(
                            question,
                            pointer,
                            legacy.toString(),
                            fresh.toString(),
                            Rules.of(legacy, fresh)));
        }
    }

    private static boolean equal(JsonNode legacy, JsonNode fresh) {
        return legacy.isNumber() && fresh.isNumber()
                ? legacy.decimalValue().compareTo(fresh.decimalValue()) == 0
                : legacy.equals(fresh);
    }

    /// The result as JSON, for a report.
    public static byte[] json(Result result) {
        return Json.bytes(result);
    }
}
