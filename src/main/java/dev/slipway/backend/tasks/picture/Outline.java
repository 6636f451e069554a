package dev.slipway.backend.tasks.picture;

/// What a file's own bytes say of it before anything is decoded.
///
/// @param orientation as EXIF has it, 1 to 8; 1 is upright
/// @param held bytes that a decoder keeps beside the pixels until it has seen the whole file
record Outline(Form form, int width, int height, int orientation, long held) {
    /// The forms that are taken.
    enum Form {
        JPEG("jpg", "jpeg"),
        PNG("png", "png"),
        GIF("gif", "gif");

        private final String ending;
        private final String other;

        Form(String ending, String other) {
            this.ending = ending;
            this.other = other;
        }

        boolean fits(String name) {
            String lower = name.toLowerCase(java.util.Locale.ROOT);
            return lower.endsWith("." + ending) || lower.endsWith("." + other);
        }
    }

    long pixels() {
        return (long) width * height;
    }
}
