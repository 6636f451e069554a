package dev.slipway.client.kept;

import dev.slipway.api.events.Kind;
import dev.slipway.api.migration.Chunk;
import dev.slipway.api.migration.Plan;
import dev.slipway.api.migration.QuarantineReason;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.Replayed;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunSync;
import dev.slipway.api.migration.Validation;
import dev.slipway.client.calls.QuarantineQuery;
import dev.slipway.client.offline.Document;
import dev.slipway.client.offline.ListQuery;
import dev.slipway.client.offline.Query;
import dev.slipway.client.offline.Shelf;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What is kept of migrations.
public final class Migrations {
    private Migrations() {}

    /// The plans by name.
    public static Query<List<Plan>> plans() {
        return Shelf.all(Kind.PLAN, Plan.class, Comparator.comparing(Plan::name));
    }

    /// The plans as the backend has them now.
    ///
    /// @param known the names of those that are kept: of these some may be gone
    public static List<Document> plans(Collection<String> known, List<Plan> now) {
        List<Document> documents = new ArrayList<>();
        now.forEach(plan -> documents.add(Document.of(Kind.PLAN, plan.name(), plan)));
        Set<String> there = now.stream().map(Plan::name).collect(Collectors.toSet());
        known.stream()
                .filter(name -> !there.contains(name))
                .forEach(name -> documents.add(new Document(Kind.PLAN, name, null)));
        return documents;
    }

    /// The runs, the latest first.
    public static Query<List<Run>> runs() {
        return Shelf.all(Kind.RUN, Run.class, Comparator.comparing(Run::createdAt).reversed());
    }

    /// The syncs, the one that was started last first.
    public static Query<List<RunSync>> syncs() {
        return Shelf.all(
                Kind.SYNC, RunSync.class, Comparator.comparing(RunSync::startedAt).reversed());
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
        return new ListQuery<>("chunks/" + runId, Kind.CHUNK.wire(), Chunk.class, Chunk::id);
    }

    /// The quarantined rows of a run by pages.
    public static ListQuery<Quarantined> quarantine(QuarantineQuery query) {
        return new ListQuery<>(
                "quarantine/" + query, Kind.QUARANTINED.wire(), Quarantined.class, Quarantined::id);
    }

    /// What the replays of a run came to.
    public static ListQuery<Replayed> replays(String runId) {
        return new ListQuery<>("replays/" + runId, "replay", Replayed.class, Replayed::id);
    }

    /// Why rows of a run are in quarantine, and how many for each reason.
    public static ListQuery<QuarantineReason> reasons(String runId) {
        return new ListQuery<>(
                "quarantine-reasons/" + runId,
                "quarantine-reason",
                QuarantineReason.class,
                QuarantineReason::id);
    }
}
