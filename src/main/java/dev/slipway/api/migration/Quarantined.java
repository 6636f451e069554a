package dev.slipway.api.migration;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/// A source row that could not be converted.
///
/// @param key the row's key in the source
/// @param column the target column that could not be made, or empty if the row as a whole was
///   refused
/// @param rule the rule that refused it, for example `money` or `lookup vendors`
/// @param value the raw value, or null if it was NULL
/// @param row the whole raw row by source column
/// @param actedBy who accepted or resolved it, or null if it is open
/// @param actedAt when
/// @param note why it was accepted, or how it was resolved
/// @param corrected raw values that count instead of the row's own, by source column
public record Quarantined(
        String runId,
        String step,
        int chunk,
        String key,
        String column,
        String rule,
        String reason,
        @Nullable String value,
        Map<String, @Nullable String> row,
        QuarantineState state,
        @Nullable String actedBy,
        @Nullable Instant actedAt,
        @Nullable String note,
        Map<String, @Nullable String> corrected) {

    /// A row that was just refused.
    public Quarantined(
            String runId,
            String step,
            int chunk,
            String key,
            String column,
            String rule,
            String reason,
            @Nullable String value,
            Map<String, @Nullable String> row) {
        this(
                runId,
                step,
                chunk,
                key,
                column,
                rule,
                reason,
                value,
                row,
                QuarantineState.OPEN,
                null,
                null,
                null,
                Map.of());
    }

    /// Names the row among its kind.
    public String id() {
        return runId + "|" + step + "|" + key;
    }
}
