package dev.slipway.sandbox.compare;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.sandbox.generate.Size;
import dev.slipway.shop.http.Json;
import dev.slipway.shop.http.Problem;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Asks both shops the same seeded questions at the same rate and compares the answers value by
/// value. It means something only while no one buys: an order that came after the copy is in one of
/// them alone.
public final class Comparison {
    /// Asked before anything counts, so that no process is measured while it still compiles.
    private static final int WARM_UP = 40;

    /// How many of the machine's processors legacy's pages would keep busy at the rate of asking.
    private static final double LOAD = 1;

    private static final double SLOWEST = 0.5;
    private static final double FASTEST = 200;

    private final Shop legacy;
    private final Shop shop;

    public Comparison(URI legacy, URI shop, String shopToken) {
        this.legacy = new Shop(legacy, shopToken);
        this.shop = new Shop(shop, shopToken);
    }

    /// What came of it.
    ///
    /// @param requests asked of each shop
    /// @param perSecond how many of them each was asked in a second, at any one time one shop alone
    /// @param same requests that both answered alike, to the last value
    /// @param byRule how many values differ by which rule
    /// @param differences all of them
    /// @param legacy how long legacy took, from the moment that was meant
    /// @param cold how long the new shop took after its cache was emptied
    /// @param warm how long it took when it was asked all of it once more
    public record Result(
            int requests,
            double perSecond,
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
        double rate = rate(new Questions(~seed, size).next(WARM_UP));
        Shop.Answers old = legacy.ask(questions, rate);
        shop.forget();
        Shop.Answers cold = shop.ask(questions, rate);
        Shop.Answers warm = shop.ask(questions, rate);
        List<Difference> all = new ArrayList<>();
        int same = 0;
        for (int i = 0; i < questions.size(); i++) {
            List<Difference> found = compare(questions.get(i), old.all().get(i), cold.all().get(i));
            all.addAll(found);
            same += found.isEmpty() ? 1 : 0;
        }
        Map<String, Integer> byRule = new TreeMap<>();
        all.forEach(difference -> byRule.merge(difference.rule(), 1, Integer::sum));
        return new Result(
                requests, rate, same, byRule, all, old.times(), cold.times(), warm.times());
    }

    /// A rate that this machine's legacy shop can just bear, by what its pages cost when nothing
    /// else is asked.
    private double rate(List<String> questions) throws IOException, InterruptedException {
        shop.inTurn(questions);
        legacy.inTurn(questions.subList(0, WARM_UP / 4));
        double seconds = legacy.inTurn(questions.subList(WARM_UP / 4, WARM_UP));
        return Math.clamp(LOAD * (WARM_UP - WARM_UP / 4) / seconds, SLOWEST, FASTEST);
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
