package dev.slipway.backend.tasks.picture;

import dev.slipway.config.Configuration;
import dev.slipway.config.Section;

import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The section `pictures`.
///
/// @param in where the product pictures are put
/// @param out where what is made of them is written
/// @param mostPixels a picture may say that it has
/// @param mostBytes a file may have
/// @param jpeg whether transparent pictures are flattened over `background` and written as JPEG;
///   otherwise they stay transparent and are written as PNG
record PictureSettings(
        Path in,
        Path out,
        List<Size> sizes,
        long mostPixels,
        long mostBytes,
        boolean jpeg,
        Color background) {
    private static final Pattern SIZE =
            Pattern.compile("([a-z0-9-]{1,40}) ([0-9]{1,4})x([0-9]{1,4})");
    private static final int MEGA = 1_000_000;

    PictureSettings {
        sizes = List.copyOf(sizes);
    }

    /// @return empty if the configuration has no such section
    /// @throws dev.slipway.config.BadFile naming everything that is wrong
    static Optional<PictureSettings> read(Configuration configuration, Path state) {
        Optional<PictureSettings> settings = Optional.empty();
        try (Section section = configuration.section("pictures")) {
            if (!section.keys().isEmpty()) {
                settings = Optional.of(read(configuration, section, state));
            }
        }
        configuration.check();
        return settings;
    }

    private static PictureSettings read(Configuration configuration, Section section, Path state) {
        return new PictureSettings(
                configuration.path(section.text("in")),
                section.has("out")
                        ? configuration.path(section.text("out"))
                        : state.resolve("pictures"),
                sizes(section),
                (long) MEGA * between(section, "most-megapixels", 40, 100),
                (long) MEGA * between(section, "most-megabytes", 20, 200),
                section.flag("flatten", false),
                background(section));
    }

    private static int between(Section section, String key, int standard, int most) {
        int value = section.integer(key, standard);
        if (value < 1 || value > most) {
            section.problem(key, "'" + key + "' must be 1 to " + most);
        }
        return value;
    }

    private static List<Size> sizes(Section section) {
        List<Size> sizes = new ArrayList<>();
        for (String text : section.texts("sizes")) {
            Matcher size = SIZE.matcher(text.strip());
            if (size.matches()
                    && Integer.parseInt(size.group(2)) > 0
                    && Integer.parseInt(size.group(3)) > 0) {
                sizes.add(
                        new Size(
                                size.group(1),
                                Integer.parseInt(size.group(2)),
                                Integer.parseInt(size.group(3))));
            } else {
                section.problem("sizes", "'" + text + "' must be like 'list 320x320'");
            }
        }
        if (sizes.isEmpty()) {
            section.problem("sizes", "'sizes' must name at least one size, like 'list 320x320'");
        }
        return sizes;
    }

    private static Color background(Section section) {
        String text = section.text("background", "#ffffff");
        if (!text.matches("#[0-9a-fA-F]{6}")) {
            section.problem("background", "'background' must be like #ffffff");
            return Color.WHITE;
        }
        return Color.decode(text);
    }

    int longest() {
        return sizes.stream().mapToInt(s -> Math.max(s.width(), s.height())).max().orElse(1);
    }
}
