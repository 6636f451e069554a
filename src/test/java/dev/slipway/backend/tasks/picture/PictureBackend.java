package dev.slipway.backend.tasks.picture;

import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.States;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/// Backends with a worker in their process that makes two small sizes of each picture.
final class PictureBackend {
    private PictureBackend() {}

    /// @param home the pictures lie in its folder `in`, what is made of them in `out`
    static RunningBackend start(States states, Path home) throws IOException {
        return new RunningBackend(
                states,
                home,
                InstantSource.system(),
                """
                backend: {port: 0, heartbeat: 1}
                worker: {threads-in-serve: 1}
                pictures: {in: in, out: out, sizes: [list 100x100, page 400x300]}
                """);
    }
}
