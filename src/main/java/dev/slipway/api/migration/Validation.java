package dev.slipway.api.migration;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Collectors;

/// One check of what stands in the target.
///
/// @param step the step it belongs to, or empty for the whole run
/// @param name what is compared, for example `count`, `sum(net) EUR`, `foreign key
///   order_lines.order_id`
/// @param source the figure from the source or from the mapping
/// @param target the figure from the target
/// @param detail where they differ, in words; null if they do not
/// @param places the first few of the places where they differ, down to table, key and cell
public record Validation(
        String runId,
        String step,
        String name,
        boolean passed,
        String source,
        String target,
        @Nullable String detail,
        List<Place> places) {

    public Validation {
        // what was kept before places were told apart has none
        places = places == null ? List.of() : List.copyOf(places);
    }

    /// One whose detail is all that is known.
    public Validation(
            String runId,
            String step,
            String name,
            boolean passed,
            String source,
            String target,
            @Nullable String detail) {
        this(runId, step, name, passed, source, target, detail, List.of());
    }

    /// The same check, red because of these places.
    public Validation at(List<Place> places) {
        return with(places.stream().map(Place::text).collect(Collectors.joining(" | ")), places);
    }

    /// The same check with what makes it red.
    public Validation with(String detail, List<Place> places) {
        return new Validation(runId, step, name, passed, source, target, detail, places);
    }

    /// Names the validation among its kind.
    public String id() {
        return runId + "|" + step + "|" + name;
    }
}
