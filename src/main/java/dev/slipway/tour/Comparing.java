package dev.slipway.tour;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.slipway.sandbox.compare.Comparison;
import dev.slipway.sandbox.compare.Difference;
import dev.slipway.sandbox.compare.Times;
import dev.slipway.sandbox.generate.Size;

import java.nio.file.Files;
import java.nio.file.Path;

/// Asks both shops the same seeded questions while nobody buys.
final class Comparing implements Stop {
    private static final int QUESTIONS = 120;
    private static final int SHOWN = 50;
    private static final int FASTER = 10;

    @Override
    public String title() {
        return "Ask both shops the same";
    }

    @Override
    public void walk(Walk scene) throws Exception {
        Path token = Path.of(scene.world().parts().path("shop-token-file").asText());
        var comparison =
                new Comparison(
                        scene.address("legacy"),
                        scene.address("shop"),
                        Files.readString(token).strip());
        Comparison.Result result =
                comparison.run(
                        scene.settings().seed(), new Size(scene.settings().lines()), QUESTIONS);
        ObjectNode part =
                scene.part("answers")
                        .put("requests", result.requests())
                        .put("requestsPerSecond", result.perSecond())
                        .put("same", result.same())
                        .put("undeclared", result.undeclared().size());
        write(part.putObject("legacyTimes"), result.legacy());
        write(part.putObject("newColdCacheTimes"), result.cold());
        write(part.putObject("newWarmCacheTimes"), result.warm());
        ObjectNode repairs = part.putObject("repairs");
        result.byRule().forEach(repairs::put);
        result.differences().stream()
                .limit(SHOWN)
                .map(Difference::toString)
                .forEach(part.putArray("differences")::add);
        if (!result.undeclared().isEmpty()) {
            throw new TourFailed(
                    "the shops differ by more than the plan's repairs: "
                            + result.undeclared().getFirst());
        }
        if (result.legacy().p95() < FASTER * result.cold().p95()) {
            throw new TourFailed(
                    "p95 of the same questions at the same rate is "
                            + result.legacy().p95()
                            + " ms at legacy and, with a cold cache, "
                            + result.cold().p95()
                            + " ms at the new shop: not a tenth");
        }
    }

    private static void write(ObjectNode into, Times times) {
        into.put("n", times.n())
                .put("p50", times.p50())
                .put("p95", times.p95())
                .put("p99", times.p99())
                .put("max", times.max());
    }
}
