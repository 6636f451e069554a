package dev.slipway.backend.migration.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A whole plan.
///
/// @param source the source's name among the configured databases; may be empty
/// @param target the target's name among the configured databases; may be empty
/// @param schemas by the target's kind: `sqlite`, `postgresql`
/// @param yaml the text that it was read from
/// @param hash SHA-256 of everything that says what is written, by which a changed plan is known;
///   `window` and `throttle` may change while a run is open
public record MigrationPlan(
        String name,
        String description,
        String source,
        String target,
        Map<String, Schema> schemas,
        List<Step> steps,
        List<PlanCheck> validations,
        Window window,
        Throttle throttle,
        String yaml,
        String hash) {

    public MigrationPlan {
        schemas = Map.copyOf(schemas);
        steps = List.copyOf(steps);
        validations = List.copyOf(validations);
    }

    /// A step by its name.
    public Optional<Step> step(String step) {
        return steps.stream().filter(s -> s.name().equals(step)).findFirst();
    }

    /// What is run in one kind of target when everything is copied; may be empty.
    public String after(String dialect) {
        Schema schema = schemas.get(dialect);
        return schema == null ? "" : schema.after();
    }

    /// Everything that the plan mends, in its own words: `step: what` or `step.column: what`.
    public List<String> repairs() {
        return steps.stream()
                .flatMap(
                        s ->
                                Stream.concat(
                                        s.repairs().stream().map(r -> s.name() + ": " + r),
                                        s.columns().stream()
                                                .filter(c -> c.repairs() != null)
                                                .map(
                                                        c ->
                                                                s.name()
                                                                        + "."
                                                                        + c.name()
                                                                        + ": "
                                                                        + c.repairs())))
                .toList();
    }
}
