package dev.slipway.backend.tasks.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

/// What is made of pictures, and what is not taken.
class StudioTest {
    @TempDir Path home;

    private PictureSettings settings(boolean jpeg) {
        return new PictureSettings(
                home.resolve("in"),
                home.resolve("out"),
                List.of(new Size("list", 100, 100), new Size("page", 400, 300)),
                40_000_000,
                20_000_000,
                jpeg,
                Color.YELLOW);
    }

    private Studio.Made make(String name, byte[] bytes) throws IOException, Rejected {
        return new Studio(settings(false)).make(file(name, bytes));
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(Files.createDirectories(home.resolve("in")).resolve(name), bytes);
    }

    private BufferedImage made(Studio.Made made, int index) throws IOException {
        return ImageIO.read(home.resolve("out").resolve(made.files().get(index)).toFile());
    }

    private static Color near(BufferedImage image, double x, double y) {
        return new Color(
                image.getRGB((int) (x * image.getWidth()), (int) (y * image.getHeight())), true);
    }

    private static void assertColour(Color found, Color wanted) {
        assertThat(Math.abs(found.getRed() - wanted.getRed())).as("" + found).isLessThan(30);
        assertThat(Math.abs(found.getGreen() - wanted.getGreen())).as("" + found).isLessThan(30);
        assertThat(Math.abs(found.getBlue() - wanted.getBlue())).as("" + found).isLessThan(30);
    }

    @Test
    void aPictureIsFittedIntoEachBoxAndNeverEnlarged() throws Exception {
        var large = make("a.jpg", Drawn.jpeg(1000, 500));
        assertThat(large.files()).allMatch(name -> name.endsWith(".jpg"));
        assertThat(made(large, 0).getWidth()).isEqualTo(100);
        assertThat(made(large, 0).getHeight()).isEqualTo(50);
        assertThat(made(large, 1).getWidth()).isEqualTo(400);
        assertColour(near(made(large, 1), 0.25, 0.25), Color.RED);
        assertColour(near(made(large, 1), 0.75, 0.75), Color.WHITE);
        var small = make("b.png", Drawn.png(60, 40));
        assertThat(made(small, 1).getWidth()).isEqualTo(60);
    }

    /// What stands at the top left of the upright picture.
    @ParameterizedTest
    @CsvSource({
        "1, RED, 200, 100", "2, GREEN, 200, 100", "3, WHITE, 200, 100", "4, BLUE, 200, 100",
        "5, RED, 100, 200", "6, BLUE, 100, 200", "7, WHITE, 100, 200", "8, GREEN, 100, 200"
    })
    void exifOrientationIsHonouredAndNotKept(int orientation, String topLeft, int width, int height)
            throws Exception {
        var made = make("t.jpg", Drawn.turned(200, 100, orientation));
        BufferedImage page = made(made, 1);
        Color wanted =
                switch (topLeft) {
                    case "RED" -> Color.RED;
                    case "GREEN" -> Color.GREEN;
                    case "BLUE" -> Color.BLUE;
                    default -> Color.WHITE;
                };
        assertThat(page.getWidth()).isEqualTo(width);
        assertThat(page.getHeight()).isEqualTo(height);
        assertColour(near(page, 0.2, 0.2), wanted);
        byte[] bytes = Files.readAllBytes(home.resolve("out").resolve(made.files().get(1)));
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("Exif");
    }

    @Test
    void alphaIsKeptOrFlattenedOnPurpose() throws Exception {
        var clear = new BufferedImage(300, 200, BufferedImage.TYPE_INT_ARGB);
        byte[] png = Drawn.bytes(clear, "png");
        var kept = make("c.png", png);
        assertThat(kept.files()).allMatch(name -> name.endsWith(".png"));
        assertThat(near(made(kept, 0), 0.5, 0.5).getAlpha()).isZero();

        var other =
                new PictureSettings(
                        home,
                        home.resolve("flat"),
                        settings(true).sizes(),
                        1_000_000,
                        1_000_000,
                        true,
                        Color.YELLOW);
        var flat = new Studio(other).make(file("d.png", png));
        assertThat(flat.files()).allMatch(name -> name.endsWith(".jpg"));
        var image = ImageIO.read(home.resolve("flat").resolve(flat.files().get(0)).toFile());
        assertColour(near(image, 0.5, 0.5), Color.YELLOW);
    }

    @Test
    void theSamePictureUnderAnotherNameIsMadeOnce() throws Exception {
        var first = make("a.jpg", Drawn.jpeg(500, 400));
        var again = make("b.jpg", Drawn.jpeg(500, 400));
        assertThat(first.fresh()).isTrue();
        assertThat(again.fresh()).isFalse();
        assertThat(again.files()).isEqualTo(first.files());
    }

    @Test
    void anotherBoxOrFormOfTheSameNameIsMadeAnew() throws Exception {
        byte[] png = Drawn.bytes(new BufferedImage(300, 200, BufferedImage.TYPE_INT_ARGB), "png");
        Path file = file("a.png", png);
        new Studio(settings(false)).make(file);
        for (Color background : List.of(Color.YELLOW, Color.BLUE)) {
            var other =
                    new PictureSettings(
                            home.resolve("in"),
                            home.resolve("out"),
                            List.of(new Size("list", 50, 50)),
                            1_000_000,
                            1_000_000,
                            true,
                            background);
            var made = new Studio(other).make(file);
            assertThat(made.fresh()).isTrue();
            assertThat(made(made, 0).getWidth()).isEqualTo(50);
            assertColour(near(made(made, 0), 0.5, 0.5), background);
            assertThat(new Studio(other).make(file).fresh()).isFalse();
            assertThat(new Studio(other).make(file).files()).isEqualTo(made.files());
        }
    }

    @Test
    void textsHiddenInAPngAreNotKept() throws Exception {
        byte[] png = Drawn.png(200, 200);
        byte[] secret =
                Drawn.chunk("tEXt", "Comment\0secret".getBytes(StandardCharsets.ISO_8859_1));
        byte[] with =
                Drawn.join(Arrays.copyOf(png, 33), secret, Arrays.copyOfRange(png, 33, png.length));
        var made = make("s.png", with);
        for (String name : made.files()) {
            byte[] bytes = Files.readAllBytes(home.resolve("out").resolve(name));
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
        }
    }

    record Hostile(String name, byte[] bytes, String why) {
        @Override
        public String toString() {
            return name + ": " + why;
        }
    }

    static Stream<Hostile> hostile() throws IOException {
        byte[] jpeg = Drawn.jpeg(300, 200);
        byte[] png = Drawn.png(300, 200);
        byte[] gif = Drawn.bytes(Drawn.quarters(30, 20, BufferedImage.TYPE_BYTE_INDEXED), "gif");
        byte[] zip = "PK\3\4 a whole archive".getBytes(StandardCharsets.ISO_8859_1);
        byte[] broken = png.clone();
        broken[60] ^= 1;
        byte[] frames =
                Drawn.join(
                        Arrays.copyOf(gif, gif.length - 1),
                        Arrays.copyOfRange(gif, gif.length - 1, gif.length));
        int image = image(gif);
        byte[] twice =
                Drawn.join(
                        Arrays.copyOf(frames, gif.length - 1),
                        Arrays.copyOfRange(gif, image, gif.length));
        byte[] cut = Arrays.copyOf(jpeg, jpeg.length / 2);
        return Stream.of(
                new Hostile("empty.jpg", new byte[0], "It is empty"),
                new Hostile("cut.jpg", cut, "truncated"),
                new Hostile("cut.png", Arrays.copyOf(png, png.length - 20), "truncated"),
                new Hostile("head.png", Arrays.copyOf(png, 12), "truncated"),
                new Hostile("ends.jpg", closed(cut), "damaged"),
                new Hostile("flip.png", broken, "a checksum in it does not fit"),
                new Hostile("bomb.png", Drawn.claims(50_000, 50_000), "50000 × 50000 pixels"),
                new Hostile("lies.png", Drawn.claims(300, 200), "can't be decoded"),
                new Hostile("line.png", Drawn.claims(39_000_000, 1), "no side may have more"),
                new Hostile("tower.png", Drawn.claims(1, 39_000_000), "no side may have more"),
                new Hostile(
                        "progressive.jpg",
                        Drawn.sized(Drawn.progressive(300, 200), 7_000, 5_500),
                        "for which 115 MB would be kept; at most 100"),
                new Hostile(
                        "scans.jpg",
                        Drawn.sized(Drawn.passes(jpeg, 2), 7_000, 5_500),
                        "for which 115 MB would be kept"),
                new Hostile("none.png", Drawn.claims(0, 5), "no pixels"),
                new Hostile("huge.png", Drawn.claims(Integer.MAX_VALUE, 2), "pixels"),
                new Hostile("passes.jpg", Drawn.passes(jpeg, 101), "more than 100 passes"),
                new Hostile("zip.jpg", Drawn.join(jpeg, zip), "something else"),
                new Hostile("zip.png", Drawn.join(png, zip), "something else"),
                new Hostile("zip.gif", Drawn.join(gif, zip), "something else"),
                new Hostile("is-png.jpg", png, "its name says something else"),
                new Hostile("is-jpeg.png", jpeg, "its name says something else"),
                new Hostile("no-ending", jpeg, "its name says something else"),
                new Hostile(
                        "x.svg",
                        "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><svg>&a;</svg>"
                                .getBytes(StandardCharsets.UTF_8),
                        "SVG, XML or HTML"),
                new Hostile(
                        "x.jpg",
                        "  <svg onload='x'/>".getBytes(StandardCharsets.UTF_8),
                        "SVG, XML or HTML"),
                new Hostile(
                        "x.webp",
                        "RIFF\0\0\0\0WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1),
                        "WebP"),
                new Hostile("moving.gif", twice, "animated"),
                new Hostile(
                        "moving.png",
                        Drawn.join(
                                Arrays.copyOf(png, 33),
                                Drawn.chunk("acTL", new byte[8]),
                                Arrays.copyOfRange(png, 33, png.length)),
                        "animated"),
                new Hostile(
                        "negative.jpg",
                        new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 1, 0},
                        "impossible length"),
                new Hostile(
                        "noise.jpg", "what is this?".getBytes(StandardCharsets.UTF_8), "no JPEG"));
    }

    /// Where the picture of a GIF begins.
    private static int image(byte[] gif) {
        int colours = (gif[10] & 0x80) == 0 ? 0 : 3 << (gif[10] & 7) + 1;
        int at = 13 + colours;
        while (gif[at] == 0x21) {
            at += 2;
            while (gif[at] != 0) {
                at += (gif[at] & 0xFF) + 1;
            }
            at++;
        }
        return at;
    }

    /// A JPEG that was cut off and ended all the same.
    private static byte[] closed(byte[] cut) {
        return Drawn.join(cut, new byte[] {0, (byte) 0xFF, (byte) 0xD9});
    }

    @ParameterizedTest
    @MethodSource
    void hostile(Hostile file) throws IOException {
        assertThatThrownBy(() -> make(file.name(), file.bytes()))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining(file.why());
        assertThat(home.resolve("out")).doesNotExist();
    }

    /// Whatever is done to a picture's bytes, it is taken or rejected, and never anything else.
    @Test
    void anyDamageIsTakenOrRejected() throws Exception {
        var random = new java.util.Random(7);
        List<byte[]> whole =
                List.of(
                        Drawn.jpeg(200, 150),
                        Drawn.turned(90, 60, 6),
                        Drawn.png(120, 90),
                        Drawn.bytes(
                                Drawn.quarters(30, 20, BufferedImage.TYPE_BYTE_INDEXED), "gif"));
        List<String> names = List.of("a.jpg", "b.jpg", "c.png", "d.gif");
        int rejected = 0;
        for (int i = 0; i < 400; i++) {
            byte[] bytes = whole.get(i % 4).clone();
            for (int n = 0; n <= random.nextInt(4); n++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                make(names.get(i % 4), bytes);
            } catch (Rejected e) {
                rejected++;
            }
        }
        assertThat(rejected).isBetween(50, 399);
    }

    @Test
    void aProgressiveJpegIsMadeAsAnyOther() throws Exception {
        var made = make("p.jpg", Drawn.progressive(1000, 500));
        // 4:2:0: a quarter of the samples for each colour, two bytes each
        assertThat(made.outline().held()).isEqualTo(2 * 1000 * 500 * 3 / 2);
        assertColour(near(made(made, 1), 0.25, 0.25), Color.RED);
        assertThat(make("b.jpg", Drawn.jpeg(1000, 500)).outline().held()).isZero();
    }

    @Test
    void aLargePictureIsMadeInASmallHeap() throws Exception {
        Path large = home.resolve("large.jpg");
        Files.write(
                large,
                Drawn.bytes(Drawn.quarters(7_000, 5_500, BufferedImage.TYPE_3BYTE_BGR), "jpeg"));
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-Djava.awt.headless=true",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SmallStudio.class.getName(),
                                large.toString(),
                                home.resolve("small").toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("7000x5500 2");
        assertThat(7_000L * 5_500 * 3).as("decoded whole").isGreaterThan(64L << 20);
    }
}
