package dev.slipway.backend.tasks.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Starts a worker process.
@FunctionalInterface
public interface Starter {
    /// Starts one; its standard input is held open until it ends.
    Process start(PoolSettings settings) throws IOException;

    /// The same Java on the same class path, with the same home and configuration. It ends with
    /// this process: its standard input does. What it says goes to a log of its own.
    ///
    /// @param mainClass the one entry point
    static Starter of(String mainClass, Path home, Path configuration) {
        return settings -> {
            Path logs = home.resolve("logs");
            Files.createDirectories(logs);
            List<String> line = new ArrayList<>();
            line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            line.add("--enable-native-access=ALL-UNNAMED");
            line.add("-Xmx" + settings.heapMegabytes() + "m");
            line.add("-XX:+UseSerialGC");
            line.add("-classpath");
            line.add(System.getProperty("java.class.path"));
            line.add(mainClass);
            line.add("worker");
            line.add("--home=" + home);
            line.add("--config=" + configuration);
            line.add("--with-parent");
            line.add("--types=" + String.join(",", settings.types()));
            line.add("--idle=" + seconds(settings.idle()));
            return new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(
                                    logs.resolve("on-demand.log").toFile()))
                    .start();
        };
    }

    private static String seconds(Duration span) {
        return span.toSeconds() + "s";
    }
}
