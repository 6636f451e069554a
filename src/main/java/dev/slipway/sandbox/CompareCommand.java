package dev.slipway.sandbox;

import dev.slipway.config.Configuration;
import dev.slipway.sandbox.compare.Comparison;
import dev.slipway.shop.ProcessOptions;
import dev.slipway.shop.ShopSettings;
import dev.slipway.shop.http.Bearer;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/// `slipway sandbox compare`: asks both shops of a running sandbox the same, after a migration.
@Command(
        name = "compare",
        description = "Asks both shops the same; exit 0 only if they differ by declared repairs.",
        mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {
    @Mixin private ProcessOptions options = new ProcessOptions();

    @Option(names = "--requests", description = "How many questions (${DEFAULT-VALUE}).")
    private int requests = 200;

    @Option(names = "--seed", description = "Where the questions come from (${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--report", paramLabel = "FILE", description = "All differences, as JSON.")
    private @Nullable Path report;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Configuration configuration = options.configuration();
        ShopSettings shop = ShopSettings.read(configuration);
        var comparison = new Comparison(shop.legacy(), shop.url(), Bearer.token(shop.tokenFile()));
        Comparison.Result result =
                comparison.run(seed, SandboxSettings.read(configuration).size(), requests);
        var out = spec.commandLine().getOut();
        out.println(result.same() + " of " + result.requests() + " answers are the same");
        result.byRule().forEach((rule, count) -> out.println(count + " values: " + rule));
        result.undeclared().stream().limit(20).forEach(out::println);
        if (report != null) {
            Files.write(report, Comparison.json(result));
        }
        return result.undeclared().isEmpty() ? 0 : 1;
    }
}
