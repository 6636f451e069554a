package dev.slipway.backend.tasks.picture;

import dev.slipway.backend.store.OwnerOnly;

import org.jspecify.annotations.Nullable;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Makes the wanted sizes of one picture. What it makes is named by the SHA-256 of the source's
/// bytes and by what was asked for: the same picture is made once, however often and under whatever
/// name it comes, and once more when a size, the form or the background is another.
final class Studio {
    private static final float QUALITY = 0.85f;
    private static final int HASH_BYTES = 6;

    /// A row of a picture is decoded whole, however few rows there are.
    private static final int LONGEST_SIDE = 32_767;

    /// It lies outside the heap, where nothing else bounds it.
    private static final long MOST_HELD = 100_000_000;

    private final PictureSettings settings;

    Studio(PictureSettings settings) {
        this.settings = settings;
    }

    /// What came of a picture.
    ///
    /// @param outline null if it is not known
    /// @param files relative to the folder of what is made
    /// @param fresh whether anything had to be made
    record Made(String sha256, Outline outline, List<String> files, boolean fresh) {}

    /// @throws Rejected saying why nothing is made of it
    /// @throws OutputFailed if what is made can't be written
    /// @throws IOException if the picture can't be read
    Made make(Path file) throws IOException, Rejected {
        Outline outline = look(file, String.valueOf(file.getFileName()));
        String sha256 = sha256(file);
        List<String> there = there(sha256);
        if (there.size() == settings.sizes().size()) {
            return new Made(sha256, outline, there, false);
        }
        BufferedImage image = Scaling.decode(file, outline, settings.longest());
        List<String> files = new ArrayList<>();
        for (Size size : settings.sizes()) {
            BufferedImage fitted = Scaling.fit(image, size, outline.orientation());
            try {
                files.add(write(fitted, sha256, size));
            } catch (IOException e) {
                throw new OutputFailed(e);
            }
        }
        return new Made(sha256, outline, files, true);
    }

    /// Looks it through without decoding it.
    ///
    /// @param name what it is called, or will be
    /// @throws Rejected saying why nothing would be made of it
    Outline look(Path file, String name) throws IOException, Rejected {
        if (Files.size(file) > settings.mostBytes()) {
            throw new Rejected(
                    "It has %d bytes; at most %d are taken."
                            .formatted(Files.size(file), settings.mostBytes()));
        }
        Outline outline = Outlines.of(file);
        if (!outline.form().fits(name)) {
            throw new Rejected(
                    "It is a %s, but its name says something else.".formatted(outline.form()));
        }
        if (outline.pixels() > settings.mostPixels()) {
            throw new Rejected(
                    "It would have %d × %d pixels; at most %d are taken."
                            .formatted(outline.width(), outline.height(), settings.mostPixels()));
        }
        if (Math.max(outline.width(), outline.height()) > LONGEST_SIDE) {
            throw new Rejected(
                    "It would be %d × %d pixels; no side may have more than %d."
                            .formatted(outline.width(), outline.height(), LONGEST_SIDE));
        }
        if (outline.held() > MOST_HELD) {
            throw new Rejected(
                    "It is drawn in several passes, for which %d MB would be kept; at most %d are. Save it without passes (not progressive)."
                            .formatted(outline.held() / 1_000_000, MOST_HELD / 1_000_000));
        }
        return outline;
    }

    private List<String> there(String sha256) {
        // a name stands for one way of making it, so that a source has one of the two at most
        List<String> endings = settings.jpeg() ? List.of(".jpg") : List.of(".png", ".jpg");
        List<String> files = new ArrayList<>();
        for (Size size : settings.sizes()) {
            endings.stream()
                    .map(ending -> sha256 + "/" + stem(size) + ending)
                    .filter(name -> Files.exists(settings.out().resolve(name)))
                    .findFirst()
                    .ifPresent(files::add);
        }
        return files;
    }

    /// The size's name and the first bytes of a hash of how it is made.
    private String stem(Size size) {
        String form =
                settings.jpeg()
                        ? "over " + Integer.toHexString(settings.background().getRGB())
                        : "as it is";
        String made = size.width() + "x" + size.height() + " " + form + " " + QUALITY;
        byte[] hash = digest().digest(made.getBytes(StandardCharsets.UTF_8));
        return size.name() + "-" + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    }

    private String write(BufferedImage image, String sha256, Size size) throws IOException {
        boolean png = image.getColorModel().hasAlpha() && !settings.jpeg();
        BufferedImage shown = png ? image : Scaling.flat(image, settings.background());
        Path folder = settings.out().resolve(sha256);
        OwnerOnly.folder(folder);
        String name = stem(size) + (png ? ".png" : ".jpg");
        Path draft = folder.resolve(name + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(draft)) {
                encode(shown, png ? "png" : "jpeg", out);
            }
            Files.move(
                    draft,
                    folder.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
        return sha256 + "/" + name;
    }

    /// Pixels alone: no metadata is given to the writer.
    private static void encode(BufferedImage image, String form, OutputStream out)
            throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(form).next();
        try (var to = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(to);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (form.equals("jpeg")) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(QUALITY);
            }
            writer.write(null, new IIOImage(image, null, noMetadata()), param);
        } finally {
            writer.dispose();
        }
    }

    @SuppressWarnings("NullAway") // the writer's own default
    private static javax.imageio.metadata.@Nullable IIOMetadata noMetadata() {
        return null;
    }

    private static String sha256(Path file) throws IOException {
        try (var digest = new DigestOutputStream(OutputStream.nullOutputStream(), digest())) {
            Files.copy(file, digest);
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
