package dev.slipway.backend.tasks.picture;

import java.awt.Color;
import java.nio.file.Path;
import java.util.List;

/// Makes the sizes of one picture in a process of its own with a small heap.
final class SmallStudio {
    private SmallStudio() {}

    public static void main(String[] args) throws Exception {
        var settings =
                new PictureSettings(
                        Path.of("."),
                        Path.of(args[1]),
                        List.of(new Size("list", 320, 320), new Size("page", 1_280, 1_280)),
                        40_000_000,
                        50_000_000,
                        false,
                        Color.WHITE);
        Studio.Made made = new Studio(settings).make(Path.of(args[0]));
        System.out.println(
                made.outline().width() + "x" + made.outline().height() + " " + made.files().size());
    }
}
