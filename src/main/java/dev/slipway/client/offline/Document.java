package dev.slipway.client.offline;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.events.Kind;
import dev.slipway.client.http.Json;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One thing as it stands at the backend, as it came over the wire.
///
/// @param value null when the thing is gone
public record Document(Kind kind, String id, @Nullable JsonNode value) {
    private static final Set<String> PARTS =
            Stream.of(Kind.CHUNK, Kind.QUARANTINED, Kind.VALIDATION, Kind.INVOICE)
                    .map(Kind::wire)
                    .collect(Collectors.toUnmodifiableSet());

    /// A thing from its record.
    public static Document of(Kind kind, String id, Object value) {
        return new Document(kind, id, Json.mapper().valueToTree(value));
    }

    /// What something belongs to, so that it can be found by that: a run's id, or empty.
    static String parent(String kind, JsonNode value) {
        return PARTS.contains(kind) ? value.path("runId").asText("") : "";
    }

    /// Whether a snapshot holds only the latest of this kind, so that what it lacks need not be
    /// gone.
    static boolean partial(Kind kind) {
        return switch (kind) {
            case JOB,
                    INVOICE,
                    CHUNK,
                    QUARANTINED,
                    AUDIT,
                    INTERVAL,
                    SCHEDULE_RUN,
                    EXPORT,
                    PICTURE_RUN ->
                    true;
            case HEALTH,
                    WINDOW,
                    QUEUE,
                    FAILURE_GROUP,
                    REPAIR,
                    HOLD,
                    JOB_TYPE,
                    PLAN,
                    RUN,
                    VALIDATION,
                    SYNC,
                    INVOICE_RUN,
                    LAUNCH,
                    BROKER,
                    BROKER_QUEUE,
                    CACHE,
                    SCHEDULE,
                    WORKER_POOL,
                    JOB_BROKER ->
                    false;
        };
    }
}
