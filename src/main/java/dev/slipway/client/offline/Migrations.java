package dev.slipway.client.offline;

import dev.slipway.api.events.Kind;
import dev.slipway.api.migration.Chunk;
import dev.slipway.api.migration.Plan;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.Validation;

import java.util.Comparator;
import java.util.List;

/// What is kept of migrations.
public final class Migrations {
    private Migrations() {}

    /// The plans by name.
    public static Query<List<Plan>> plans() {
        return Shelf.all(Kind.PLAN, Plan.class, Comparator.comparing(Plan::name));
    }

    /// The runs, the latest first.
    public static Query<List<Run>> runs() {
        return Shelf.all(Kind.RUN, Run.class, Comparator.comparing(Run::createdAt).reversed());
    }

    /// The validations of a run that are kept.
    public static Query<List<Validation>> validations(String runId) {
        return Shelf.of(
                Kind.VALIDATION,
                Validation.class,
                runId,
                Comparator.comparing(Validation::step).thenComparing(Validation::name));
    }

    /// The chunks of a run that are kept: those of its pages and those that the live stream
    /// brought.
    public static Query<List<Chunk>> keptChunks(String runId) {
        return Shelf.of(
                Kind.CHUNK,
                Chunk.class,
                runId,
                Comparator.comparing(Chunk::step).thenComparing(Chunk::number));
    }

    /// The chunks of a run by pages.
    public static ListQuery<Chunk> chunks(String runId) {
        return new ListQuery<>("chunks/" + runId, Kind.CHUNK, Chunk.class, Chunk::id);
    }

    /// The quarantined rows of a run by pages.
    ///
    /// @param step only this step's, or empty for all
    /// @param rule only of this rule, or empty for all
    public static ListQuery<Quarantined> quarantine(String runId, String step, String rule) {
        return new ListQuery<>(
                "quarantine/" + runId + "/" + step + "/" + rule,
                Kind.QUARANTINED,
                Quarantined.class,
                Quarantined::id);
    }
}
