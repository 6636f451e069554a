package dev.slipway.api.migration;

import org.jspecify.annotations.Nullable;

/// One check of what stands in the target.
///
/// @param step the step it belongs to, or empty for the whole run
/// @param name what is compared, for example `count`, `sum(net) EUR`, `foreign key
///   order_lines.order_id`
/// @param source the figure from the source or from the mapping
/// @param target the figure from the target
/// @param detail where they differ, down to table, key and cell where that is known
public record Validation(
        String runId,
        String step,
        String name,
        boolean passed,
        String source,
        String target,
        @Nullable String detail) {

    /// Names the validation among its kind.
    public String id() {
        return runId + "|" + step + "|" + name;
    }
}
