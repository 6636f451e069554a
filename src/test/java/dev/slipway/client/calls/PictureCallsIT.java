package dev.slipway.client.calls;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.access.Role;
import dev.slipway.api.tasks.Picture;
import dev.slipway.api.tasks.PictureRun;
import dev.slipway.api.tasks.PictureRunState;
import dev.slipway.client.BackendClient;
import dev.slipway.client.http.ProblemException;
import dev.slipway.testing.MuchPictures;
import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.States;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

import javax.imageio.ImageIO;

/// A picture sent by the client to a real backend, and what was made of it fetched.
class PictureCallsIT {
    @TempDir Path home;

    @Test
    void aPictureIsSentMadeAndLookedAt() throws Exception {
        try (var backend =
                new RunningBackend(
                        States.SQLITE,
                        home,
                        InstantSource.system(),
                        """
                        backend: {port: 0, heartbeat: 1}
                        worker: {threads-in-serve: 1}
                        pictures: {in: in, out: out, sizes: [list 100x100]}
                        """)) {
            String token = backend.token(Role.OPERATOR);
            PictureCalls pictures =
                    new BackendClient(backend.uri(""), () -> token, Duration.ofSeconds(20))
                            .pictures();
            byte[] shoe = MuchPictures.file(640, 480);
            PictureRun run = pictures.send("große_Schuhe 1.jpg", shoe);
            eventually("done", () -> state(pictures, run) == PictureRunState.DONE);
            List<Picture> all = pictures.files(run.id(), null, null).items();
            assertThat(all).hasSize(1);
            Picture made = all.getFirst();
            byte[] bytes = pictures.made(made.files().getFirst());
            assertThat(ImageIO.read(new ByteArrayInputStream(bytes)).getWidth()).isEqualTo(100);
            assertThat(made.madeBytes()).containsExactly((long) bytes.length);

            byte[] cut = Arrays.copyOf(shoe, shoe.length / 2);
            assertThatThrownBy(() -> pictures.send("cut.jpg", cut))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e ->
                                    assertThat(e.problem().detail())
                                            .isEqualTo(
                                                    "It is truncated: it ends in the middle."
                                                            + " Nothing was kept of it."));
        }
    }

    private static PictureRunState state(PictureCalls pictures, PictureRun run) {
        try {
            return pictures.run(run.id()).state();
        } catch (ProblemException e) {
            throw new IllegalStateException(e);
        }
    }
}
