package dev.slipway.backend.migration.plan;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.regex.Pattern;

/// How one target column is filled.
///
/// @param from source columns; the first that is there and can be converted wins, except where the
///   type needs them all
/// @param repair whether text that was encoded twice, or whose bytes are Latin-1, is repaired first
/// @param extract its first group becomes the value; text that it does not find is missing
/// @param missing raw values that mean "none", besides NULL
/// @param fallback the raw default, converted like any other value
/// @param store how the target keeps it where its type leaves a choice: `minor`, `epoch-seconds`,
///   `epoch-millis`
/// @param wins which value stays where rows are merged
/// @param repairs says in words what is mended here, for the list of repairs
public record Column(
        int line,
        String name,
        ColumnType type,
        List<String> from,
        boolean repair,
        @Nullable Pattern extract,
        List<String> missing,
        Rule onMissing,
        Rule onBad,
        @Nullable String fallback,
        @Nullable String store,
        Wins wins,
        @Nullable String repairs) {

    public Column {
        from = List.copyOf(from);
        missing = List.copyOf(missing);
    }
}
