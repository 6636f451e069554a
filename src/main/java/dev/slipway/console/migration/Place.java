package dev.slipway.console.migration;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a check found source and target to differ: as much of it as the check could tell.
///
/// @param table the target's table, or empty
/// @param key the row's key in the target, or empty
/// @param source the row's key in the source, or empty
/// @param column the target column, or empty where the whole row is meant
/// @param is what stands in the target
/// @param expected what source and plan say it must be
public record Place(
        String table, String key, String source, String column, String is, String expected) {
    private static final String BETWEEN = " \\| ";
    private static final Pattern CELL =
            Pattern.compile(
                    "(\\S+) (.*?) \\(source (.*?)\\), column (\\S+): is (.*), expected (.*)",
                    Pattern.DOTALL);
    private static final Pattern ROW =
            Pattern.compile("(\\S+) (.*?) \\(source (.*?)\\): (.*)", Pattern.DOTALL);
    private static final Pattern SAMPLED_CELL =
            Pattern.compile(
                    "(\\S+) from \\S+ (.*?), column (\\S+): is (.*), expected (.*)",
                    Pattern.DOTALL);
    private static final Pattern SAMPLED_ROW =
            Pattern.compile("(\\S+) from \\S+ (.*?): (.*)", Pattern.DOTALL);
    private static final Pattern EXTRA =
            Pattern.compile("(\\S+) (.*?): (no source row gives it)", Pattern.DOTALL);

    /// The places that a validation's detail names.
    static List<Place> of(String detail) {
        return Arrays.stream(detail.split(BETWEEN, -1))
                .filter(text -> !text.isBlank())
                .map(Place::one)
                .toList();
    }

    private static Place one(String text) {
        Matcher cell = CELL.matcher(text);
        if (cell.matches()) {
            return new Place(
                    cell.group(1),
                    cell.group(2),
                    cell.group(3),
                    cell.group(4),
                    cell.group(5),
                    cell.group(6));
        }
        Matcher sampled = SAMPLED_CELL.matcher(text);
        if (sampled.matches()) {
            return new Place(
                    sampled.group(1),
                    "",
                    sampled.group(2),
                    sampled.group(3),
                    sampled.group(4),
                    sampled.group(5));
        }
        return row(text);
    }

    private static Place row(String text) {
        Matcher row = ROW.matcher(text);
        if (row.matches()) {
            return new Place(row.group(1), row.group(2), row.group(3), "", row.group(4), "");
        }
        Matcher sampled = SAMPLED_ROW.matcher(text);
        if (sampled.matches()) {
            return new Place(sampled.group(1), "", sampled.group(2), "", sampled.group(3), "");
        }
        Matcher extra = EXTRA.matcher(text);
        return extra.matches()
                ? new Place(extra.group(1), extra.group(2), "", "", extra.group(3), "")
                : new Place("", "", "", "", text, "");
    }

    /// For a spreadsheet or a chat: its parts with tabs between.
    String line() {
        return String.join("\t", table, key, source, column, is, expected);
    }
}
