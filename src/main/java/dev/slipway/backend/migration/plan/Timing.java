package dev.slipway.backend.migration.plan;

/// What a plan says of when and how fast: no word of it changes what is written, so a run goes on
/// when it changes.
final class Timing {
    private Timing() {}

    /// A plan's text without it: without the keys `window` and `throttle` at a line's begin, and
    /// what is indented below them.
    static String without(String yaml) {
        var rest = new StringBuilder();
        boolean within = false;
        for (String line : yaml.split("(?<=\n)", -1)) {
            boolean key =
                    !line.isBlank()
                            && !Character.isWhitespace(line.charAt(0))
                            && line.charAt(0) != '#';
            if (key) {
                within = line.startsWith("window:") || line.startsWith("throttle:");
            }
            if (!within) {
                rest.append(line);
            }
        }
        return rest.toString();
    }
}
