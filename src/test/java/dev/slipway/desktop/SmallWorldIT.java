package dev.slipway.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

class SmallWorldIT {
    @TempDir Path folder;

    @Test
    void oneThatCanNotStartSaysWhyAndRefusesCommands() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        try (var world = new SmallWorld(file, List.of("--lines", "2000"))) {
            var up = world.start(_ -> {}).toCompletableFuture();

            assertThatThrownBy(() -> up.get(60, TimeUnit.SECONDS))
                    .hasMessageContaining("The sandbox did not start")
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void oneThatIsClosedWhileItStartsLeavesNoProcess() throws Exception {
        var legacyIsUp = new CompletableFuture<Void>();
        // servers that other tests share may be children of this JVM
        List<ProcessHandle> others = ProcessHandle.current().descendants().toList();
        List<ProcessHandle> started;
        try (var world = new SmallWorld(folder.resolve("world"), List.of("--lines", "2000"))) {
            assertThatThrownBy(world::stopBackend).hasMessageContaining("not up");
            world.start(
                    line -> {
                        if (line.startsWith("legacy is ready")) {
                            legacyIsUp.complete(null);
                        }
                    });
            legacyIsUp.get(120, TimeUnit.SECONDS);
            started =
                    ProcessHandle.current()
                            .descendants()
                            .filter(process -> !others.contains(process))
                            .toList();
            assertThat(started).hasSizeGreaterThanOrEqualTo(2);
        }
        for (ProcessHandle process : started) {
            process.onExit().get(20, TimeUnit.SECONDS);
        }
    }
}
