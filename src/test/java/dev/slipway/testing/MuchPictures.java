package dev.slipway.testing;

import dev.slipway.api.tasks.Picture;
import dev.slipway.api.tasks.PictureRun;
import dev.slipway.api.tasks.PictureRunState;
import dev.slipway.api.tasks.PictureState;

import org.jspecify.annotations.Nullable;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

/// Runs over product pictures in every state, and the pictures of one.
public record MuchPictures(Instant now) {
    /// The run whose pictures are told.
    public static final String RUN = "pictures-1";

    /// One that runs, one that is done, one that failed, one that was cancelled.
    public List<PictureRun> runs() {
        return List.of(
                run(0, PictureRunState.RUNNING, 41_204L, 12_104, null),
                run(1, PictureRunState.DONE, 1_204L, 1_204, null),
                run(
                        2,
                        PictureRunState.FAILED,
                        41_204L,
                        311,
                        "The folder of pictures can't be read or written: /srv/pictures/out: No"
                                + " space left on device. What was made so far stands."),
                run(3, PictureRunState.CANCELLED, null, 0, "Cancelled by olga."));
    }

    public PictureRun run(
            int i,
            PictureRunState state,
            @Nullable Long total,
            long seen,
            @Nullable String reason) {
        long rejected = seen / 100;
        return new PictureRun(
                "pictures-" + i,
                state,
                i == 1 ? "olga" : "ada",
                now.minusSeconds(60 + i * 3_600L),
                now.minusSeconds(50 + i * 3_600L),
                state.open() ? null : now.minusSeconds(10 + i * 3_600L),
                "job-9",
                total,
                seen - rejected - seen / 10,
                seen / 10,
                rejected,
                reason);
    }

    /// Of the run that is done.
    public List<Picture> pictures(int count) {
        return IntStream.range(0, count).mapToObj(this::picture).toList();
    }

    private Picture picture(int i) {
        PictureState state =
                i % 10 == 3
                        ? PictureState.REJECTED
                        : i % 10 == 7 ? PictureState.KNOWN : PictureState.MADE;
        boolean rejected = state == PictureState.REJECTED;
        String sha256 = "%064x".formatted(i + 1);
        return new Picture(
                RUN,
                "uploaded/shoe %04d.jpg".formatted(i),
                state,
                rejected ? null : sha256,
                rejected ? null : "JPEG",
                rejected ? null : 4_000,
                rejected ? null : 3_000,
                4_182_331L + i * 1_000L,
                rejected
                        ? List.of()
                        : List.of(
                                sha256 + "/list-0a1b2c3d4e5f.jpg",
                                sha256 + "/page-0a1b2c3d4e60.jpg"),
                rejected ? List.of() : List.of(12_403L, 182_331L),
                rejected ? "It is truncated: it ends in the middle." : null);
    }

    /// A file as it is made of a picture.
    public static byte[] file(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var to = image.createGraphics();
        to.setPaint(new GradientPaint(0, 0, Color.ORANGE, width, height, Color.BLUE));
        to.fillRect(0, 0, width, height);
        to.setColor(Color.WHITE);
        to.fillOval(width / 4, height / 4, width / 2, height / 2);
        to.dispose();
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpeg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
