package dev.slipway.tour;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.slipway.console.Console;
import dev.slipway.console.ConsoleCommand;
import dev.slipway.console.fx.UiThread;
import dev.slipway.desktop.Display;
import dev.slipway.desktop.SmallWorld;

import javafx.application.Platform;
import javafx.stage.Stage;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/// `slipway tour`: the main job, walked through the real console on a world of its own.
@Command(
        name = "tour",
        description = "Walks the main job through the real console; leaves pictures and tour.json.",
        mixinStandardHelpOptions = true)
public final class TourCommand implements Callable<Integer> {
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 800;

    @Option(names = "--seed", description = "Where the shop's data come from (${DEFAULT-VALUE}).")
    private long seed = 42;

    @Option(names = "--lines", description = "Order lines of the shop (${DEFAULT-VALUE}).")
    private int lines = 200_000;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where pictures, report and world go; emptied first (${DEFAULT-VALUE}).")
    private Path out = Path.of("target", "tour");

    @Override
    public Integer call() throws Exception {
        Path folder = out.toAbsolutePath().normalize();
        Folders.empty(folder);
        if (Display.missing(System.getenv()).isPresent()) {
            System.setProperty("glass.platform", "Headless");
        }
        ObjectNode report =
                new ObjectMapper()
                        .createObjectNode()
                        .put("startedAt", Instant.now().toString())
                        .put("seed", seed)
                        .put("lines", lines);
        var settings = new Walk.Settings(seed, lines, folder.resolve("home"), folder);
        boolean passed;
        try (var world =
                new SmallWorld(
                        settings.sandbox(),
                        List.of(
                                "--seed",
                                Long.toString(seed),
                                "--lines",
                                Integer.toString(lines)))) {
            passed = walk(world, settings, report);
        } finally {
            write(report, folder);
        }
        System.err.println(
                (passed ? "The tour came out as it must" : "The tour FAILED")
                        + "; pictures and tour.json are in "
                        + folder);
        return passed ? 0 : 1;
    }

    private static boolean walk(SmallWorld world, Walk.Settings settings, ObjectNode report)
            throws InterruptedException {
        var ui = new UiThread();
        var opened = new CompletableFuture<Stage>();
        var console = new CompletableFuture<Console>();
        Platform.startup(
                () -> {
                    var stage = new Stage();
                    try {
                        var one =
                                new Console(
                                        stage,
                                        ConsoleCommand.folder(settings.home()),
                                        ConsoleCommand.STORE_BYTES,
                                        Optional.of(world));
                        one.connect(world.connection());
                        stage.setWidth(WIDTH);
                        stage.setHeight(HEIGHT);
                        console.complete(one);
                        opened.complete(stage);
                    } catch (RuntimeException e) {
                        console.completeExceptionally(e);
                        opened.completeExceptionally(e);
                    }
                });
        Stage stage = opened.join();
        var hand = new Hand(ui, stage);
        var pictures = new Pictures(settings.out(), hand, stage.getScene());
        var walk =
                new Walk(
                        hand,
                        pictures,
                        console.join().wiring().context().client(),
                        world,
                        settings,
                        report);
        try {
            return new Tour(walk).walk();
        } finally {
            hand.onUi(
                    () -> {
                        stage.hide();
                        return true;
                    });
            Platform.exit();
        }
    }

    private static void write(ObjectNode report, Path folder) throws IOException {
        Files.createDirectories(folder);
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValue(folder.resolve("tour.json").toFile(), report);
    }
}
