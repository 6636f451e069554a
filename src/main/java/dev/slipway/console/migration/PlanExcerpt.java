package dev.slipway.console.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a plan says of one column, in its own words.
final class PlanExcerpt {
    private PlanExcerpt() {}

    /// @return the lines of the column, or of the step's head if no column is named; empty if the
    ///   text has no such step
    static String of(String yaml, String step, String column) {
        List<String> lines = yaml.lines().toList();
        var head = Pattern.compile("\\s*-\\s+name:\\s*" + Pattern.quote(step) + "\\s*(#.*)?");
        int from = find(lines, 0, head);
        if (from < 0) {
            return "";
        }
        int to = from + 1;
        while (to < lines.size() && inside(lines.get(to), depth(lines.get(from)))) {
            to++;
        }
        List<String> block = lines.subList(from, to);
        if (column.isEmpty()) {
            return String.join("\n", block.subList(0, Math.min(6, block.size()))).stripIndent();
        }
        var name = Pattern.compile("\\s+\"?" + Pattern.quote(column) + "\"?:.*");
        int at = find(block, 1, name);
        return at < 0 ? "" : String.join("\n", entry(block, at)).stripIndent();
    }

    private static List<String> entry(List<String> block, int at) {
        List<String> entry = new ArrayList<>(List.of(block.get(at)));
        for (int i = at + 1; i < block.size() && inside(block.get(i), depth(block.get(at))); i++) {
            entry.add(block.get(i));
        }
        return entry;
    }

    private static int find(List<String> lines, int from, Pattern wanted) {
        for (int i = from; i < lines.size(); i++) {
            if (wanted.matcher(lines.get(i)).matches()) {
                return i;
            }
        }
        return -1;
    }

    private static boolean inside(String line, int depth) {
        return line.isBlank() || depth(line) > depth;
    }

    private static int depth(String line) {
        return line.length() - line.stripLeading().length();
    }
}
