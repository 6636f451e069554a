package dev.slipway.backend.migration.plan;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The target's tables in one database's SQL.
///
/// @param before run if the first step's table is not there; may be empty
/// @param after foreign keys and indexes, run once when everything is copied; may be empty
/// @param beforeLine where it stands in the plan
/// @param afterLine where it stands in the plan
public record Schema(String before, int beforeLine, String after, int afterLine) {
    private static final Pattern ADDS =
            Pattern.compile(
                    "\\s*(ALTER\\s+TABLE\\s.+\\sADD\\s.+|CREATE\\s+(UNIQUE\\s+)?INDEX\\s.+)?\\s*",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /// A schema that stands in no plan.
    public Schema(String before, String after) {
        this(before, 0, after, 0);
    }

    /// Whether `after` only adds constraints and indexes: then it changes nothing that is read
    /// meanwhile.
    public boolean addsOnly() {
        String bare = after.replaceAll("(?m)--.*$", "");
        return Stream.of(bare.split(";")).allMatch(ADDS.asMatchPredicate());
    }
}
