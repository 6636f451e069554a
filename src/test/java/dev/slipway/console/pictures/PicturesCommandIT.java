package dev.slipway.console.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.testing.RunningBackend;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageIO;

class PicturesCommandIT {
    @TempDir Path home;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void tellsWhatWasRejectedAndWhy() throws Exception {
        Path in = Files.createDirectories(home.resolve("in"));
        ImageIO.write(
                new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB),
                "png",
                in.resolve("shoe.png").toFile());
        Files.writeString(in.resolve("trick.png"), "<svg/>");
        try (var backend =
                new RunningBackend(
                        home,
                        InstantSource.system(),
                        """
                        backend: {port: 0, heartbeat: 1}
                        worker: {threads-in-serve: 1}
                        pictures: {in: in, sizes: [list 100x100]}
                        """)) {
            backend.token(Role.OPERATOR);
            assertThat(run(backend)).as(err.toString()).isZero();
            assertThat(out.toString())
                    .contains("trick.png: It is SVG, XML or HTML")
                    .contains("1 made, 0 known, 1 rejected");
            assertThat(run(backend, "--strict")).isEqualTo(1);
            assertThat(out.toString()).contains("0 made, 1 known, 1 rejected");
        }
    }

    private int run(RunningBackend backend, String... rest) {
        InputStream before = System.in;
        System.setIn(
                new ByteArrayInputStream(
                        (RunningBackend.PASSWORD + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            List<String> arguments =
                    new ArrayList<>(
                            List.of(
                                    "--connect",
                                    backend.uri("").toString(),
                                    "--user",
                                    "a-operator"));
            arguments.addAll(List.of(rest));
            return new CommandLine(new PicturesCommand())
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(arguments.toArray(new String[0]));
        } finally {
            System.setIn(before);
        }
    }
}
