package dev.slipway.backend.migration.profile;

import dev.slipway.backend.migration.convert.Encoding;
import dev.slipway.backend.migration.source.SourceColumn;
import dev.slipway.backend.migration.source.SourceColumn.Kind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a column was found to hold. It takes the same memory however many rows it saw.
final class ColumnProfile {
    static final Set<String> SENTINELS =
            Set.of(
                    "0000-00-00",
                    "0000-00-00 00:00:00",
                    "0001-01-01",
                    "0001-01-01 00:00:00",
                    "n/a",
                    "N/A",
                    "NULL",
                    "-",
                    "unknown",
                    "none");
    private static final int MOST_WORDS = 40;
    private static final int SAMPLES = 3;
    private static final double MOSTLY = 0.95;
    private static final int FEW_WORDS = 12;
    private static final int OFTEN = 5;

    final SourceColumn column;
    long rows;
    long nulls;
    long blanks;
    long ends;
    long nul;
    long bytes;
    long mended;
    int longest;
    boolean manyWords;
    final Map<String, Long> sentinels = new TreeMap<>();
    final Map<String, Long> words = new LinkedHashMap<>();
    final Map<String, Long> formats = new TreeMap<>();
    final List<String> samples = new ArrayList<>();
    private final List<Guess> guesses = Guess.all();

    ColumnProfile(SourceColumn column) {
        this.column = column;
    }

    void see(@Nullable String raw) {
        rows++;
        if (raw == null) {
            nulls++;
            return;
        }
        longest = Math.max(longest, raw.codePointCount(0, raw.length()));
        words(raw);
        if (raw.isBlank()) {
            blanks++;
            return;
        }
        if (SENTINELS.contains(raw)) {
            sentinels.merge(raw, 1L, Long::sum);
            return;
        }
        ends += raw.strip().length() < raw.length() ? 1 : 0;
        nul += raw.indexOf('\0') >= 0 ? 1 : 0;
        bytes += Encoding.hasRawBytes(raw) ? 1 : 0;
        mended += Encoding.repair(raw).equals(raw) ? 0 : 1;
        shape(raw.strip());
        guesses.forEach(g -> g.takes(raw));
    }

    private void words(String raw) {
        if (words.containsKey(raw) || words.size() < MOST_WORDS) {
            words.merge(raw, 1L, Long::sum);
        } else {
            manyWords = true;
        }
        if (samples.size() < SAMPLES && !raw.isBlank() && !samples.contains(raw)) {
            samples.add(raw);
        }
    }

    private void shape(String text) {
        String format =
                text.matches("\\d{4}-\\d\\d-\\d\\d.*")
                        ? "yyyy-MM-dd"
                        : text.matches("\\d{1,2}\\.\\d{1,2}\\.\\d{4}.*")
                                ? "dd.MM.yyyy"
                                : text.matches("\\d{1,2}/\\d{1,2}/\\d{4}.*") ? "MM/dd/yyyy" : "";
        if (!format.isEmpty()) {
            formats.merge(format, 1L, Long::sum);
        }
    }

    /// Rows whose value is one.
    long valued() {
        return rows - nulls - blanks - sentinels.values().stream().mapToLong(n -> n).sum();
    }

    /// Rows whose value means none.
    long missing() {
        return rows - valued();
    }

    /// The type that nearly all values are of; null if it is text.
    @Nullable Guess guess() {
        if (column.kind() == Kind.BINARY || valued() == 0) {
            return null;
        }
        return guesses.stream()
                .filter(g -> g.bad <= valued() * (1 - MOSTLY))
                .findFirst()
                .orElse(null);
    }

    /// Whether it holds few words, each of them often.
    boolean few() {
        boolean text = column.kind() == Kind.TEXT || column.kind() == Kind.CHOICE;
        return text
                && !manyWords
                && words.size() <= FEW_WORDS
                && valued() >= (long) words.size() * OFTEN
                && guess() == null
                && ends + nul + bytes + mended == 0;
    }
}
