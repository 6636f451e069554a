package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.convert.BadValue;
import dev.slipway.backend.migration.convert.Converter;
import dev.slipway.backend.migration.convert.Encoding;
import dev.slipway.backend.migration.convert.Spelling;
import dev.slipway.backend.migration.plan.Column;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.Origin;
import dev.slipway.backend.migration.plan.Rule;
import dev.slipway.backend.migration.target.Stored;
import dev.slipway.backend.migration.target.TargetColumn;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Makes one target column's value of a raw row.
final class Field {
    private static final String REPAIRED = "encoding";
    final Column column;
    final TargetColumn target;
    final int[] from;
    private final boolean tellsRepair;
    private final @Nullable Converter converter;
    private final @Nullable Converter shortWay;
    private final Stored stored;
    private final Spelling spelling;
    private final Set<String> missing;
    private final int longestMissing;
    private final @Nullable Object fallback;

    /// @param tellsRepair whether a repair is counted here: of the columns made of one source
    ///   column only the first counts it
    /// @param converter null where the value does not come from raw text alone
    /// @throws BadValue if the plan's default is none
    Field(
            Column column,
            TargetColumn target,
            int[] from,
            boolean tellsRepair,
            @Nullable Converter converter,
            Stored stored)
            throws BadValue {
        this.column = column;
        this.target = target;
        this.from = from;
        this.tellsRepair = tellsRepair;
        this.converter = converter;
        this.shortWay = column.extract() == null ? converter : null;
        this.stored = stored;
        this.spelling = Spelling.of(column.type());
        this.missing = new HashSet<>(column.missing());
        this.longestMissing = column.missing().stream().mapToInt(String::length).max().orElse(-1);
        this.fallback = fallback(column, converter);
    }

    private static @Nullable Object fallback(Column column, @Nullable Converter converter)
            throws BadValue {
        String text = column.fallback();
        if (text == null) {
            return null;
        }
        return converter == null ? text : converter.convert(text);
    }

    /// Whether the same raw text always becomes the same.
    boolean ofOneText() {
        boolean joined = column.type() instanceof ColumnType.Text text && text.join() != null;
        return from.length == 1 && converter != null && !joined;
    }

    Conversion convert(@Nullable String[] row) {
        if (column.type() instanceof ColumnType.Constant constant) {
            return Conversion.given(stored.store(constant.value()));
        }
        if (column.type() instanceof ColumnType.Text text && text.join() != null) {
            return convert(joined(row, text.join()));
        }
        Conversion worst = null;
        for (int at : from) {
            Conversion one = convert(row[at]);
            if (one.origin() == Origin.GIVEN) {
                return one;
            }
            boolean worse = worst == null || (bad(one) && !bad(worst));
            worst = worse ? one : worst;
        }
        return Objects.requireNonNull(worst, "a column without a source");
    }

    private static boolean bad(Conversion one) {
        return one.origin() == Origin.BAD;
    }

    private @Nullable String joined(@Nullable String[] row, String between) {
        var parts = new StringBuilder();
        for (int at : from) {
            String raw = prepared(row[at]);
            if (raw != null && !raw.isBlank()) {
                parts.append(parts.isEmpty() ? "" : between).append(raw);
            }
        }
        return parts.isEmpty() ? null : parts.toString();
    }

    /// What becomes of a raw text.
    Conversion convert(@Nullable String raw) {
        if (raw == null) {
            return missing(Origin.NULL, null, List.of());
        }
        if (none(raw)) {
            return missing(Origin.SENTINEL, raw, List.of());
        }
        Object plain = shortWay == null ? null : shortWay.plain(raw);
        if (plain != null) {
            return Conversion.given(stored.store(plain));
        }
        String text = column.repair() ? Encoding.repair(raw) : raw;
        List<String> remarks = tellsRepair && !text.equals(raw) ? List.of(REPAIRED) : List.of();
        String found = extracted(text);
        if (found == null) {
            return missing(Origin.EMPTY, raw, remarks);
        }
        if (!found.equals(raw) && none(found)) {
            return missing(Origin.SENTINEL, found, remarks);
        }
        try {
            Object value = Objects.requireNonNull(converter).convert(found);
            if (value == null) {
                return missing(Origin.EMPTY, raw, remarks);
            }
            String unusual = spelling.of(found, value);
            return new Conversion(
                    stored.store(value),
                    Origin.GIVEN,
                    unusual.isEmpty() ? remarks : with(remarks, unusual),
                    null);
        } catch (BadValue e) {
            return ruled(
                    e.rule(column.onBad()),
                    Origin.BAD,
                    new Refusal(false, column.name(), column.type().word(), e.reason(), raw),
                    with(remarks, e.reason()));
        }
    }

    private boolean none(String text) {
        return text.length() <= longestMissing && missing.contains(text);
    }

    private @Nullable String extracted(String text) {
        if (column.extract() == null) {
            return text;
        }
        var found = column.extract().matcher(text);
        return found.find() ? found.group(Math.min(1, found.groupCount())) : null;
    }

    /// The raw value without what means "none".
    @Nullable String prepared(@Nullable String raw) {
        if (raw == null || none(raw)) {
            return null;
        }
        String found = extracted(column.repair() ? Encoding.repair(raw) : raw);
        return found == null || none(found) ? null : found;
    }

    /// A value as the target keeps it, made elsewhere.
    Conversion given(Object value) {
        return Conversion.given(stored.store(value));
    }

    /// What a missing value becomes.
    Conversion missing(Origin origin, @Nullable String raw, List<String> remarks) {
        String word = origin == Origin.SENTINEL ? "'" + raw + "'" : origin.word();
        return ruled(
                column.onMissing(),
                origin,
                new Refusal(false, column.name(), column.type().word(), "is missing", raw),
                with(remarks, word));
    }

    /// What a bad value becomes.
    Conversion bad(String rule, String reason, @Nullable String raw, List<String> remarks) {
        return ruled(
                column.onBad(),
                Origin.BAD,
                new Refusal(false, column.name(), rule, reason, raw),
                with(remarks, reason));
    }

    private static List<String> with(List<String> remarks, String one) {
        if (remarks.isEmpty()) {
            return List.of(one);
        }
        List<String> all = new ArrayList<>(remarks);
        all.add(one);
        return all;
    }

    private Conversion ruled(Rule rule, Origin origin, Refusal refusal, List<String> remarks) {
        return switch (rule) {
            case NULL -> new Conversion(null, origin, remarks, null);
            case DEFAULT ->
                    new Conversion(
                            fallback == null ? null : stored.store(fallback),
                            origin,
                            remarks,
                            null);
            case QUARANTINE -> new Conversion(null, origin, remarks, refusal);
            case SKIP ->
                    new Conversion(
                            null,
                            origin,
                            remarks,
                            new Refusal(
                                    true,
                                    refusal.column(),
                                    refusal.rule(),
                                    refusal.reason(),
                                    refusal.value()));
        };
    }
}
