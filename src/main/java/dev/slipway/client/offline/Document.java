package dev.slipway.client.offline;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.events.Kind;
import dev.slipway.client.Json;

import org.jspecify.annotations.Nullable;

/// One thing as it stands at the backend, as it came over the wire.
///
/// @param value null when the thing is gone
public record Document(Kind kind, String id, @Nullable JsonNode value) {

    /// A thing from its record.
    public static Document of(Kind kind, String id, Object value) {
        return new Document(kind, id, Json.mapper().valueToTree(value));
    }

    /// What it belongs to, so that it can be found by that: a run's id, or empty.
    String parent() {
        return switch (kind) {
            case CHUNK, QUARANTINED, VALIDATION, INVOICE ->
                    value == null ? "" : value.path("runId").asText("");
            case HEALTH,
                    WINDOW,
                    INTERVAL,
                    QUEUE,
                    JOB,
                    FAILURE_GROUP,
                    PLAN,
                    RUN,
                    INVOICE_RUN,
                    LAUNCH,
                    AUDIT ->
                    "";
        };
    }

    /// Whether a snapshot holds only the latest of this kind, so that what it lacks need not be
    /// gone.
    static boolean partial(Kind kind) {
        return switch (kind) {
            case JOB, INVOICE, CHUNK, QUARANTINED, AUDIT, INTERVAL -> true;
            case HEALTH, WINDOW, QUEUE, FAILURE_GROUP, PLAN, RUN, VALIDATION, INVOICE_RUN, LAUNCH ->
                    false;
        };
    }
}
