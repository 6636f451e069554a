package dev.slipway.backend.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.ProblemDetail;
import dev.slipway.api.ProblemDetail.FieldError;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Makes problem+json of whatever went wrong. A fault of ours is logged once, under the id that the
/// asker gets; its cause goes no further.
final class ProblemWriter {
    private static final Logger LOG = System.getLogger(ProblemWriter.class.getName());

    private static final Map<Integer, String> TITLES =
            Map.ofEntries(
                    Map.entry(400, "The request can't be understood"),
                    Map.entry(401, "A valid token is needed"),
                    Map.entry(403, "Not allowed"),
                    Map.entry(404, "Not found"),
                    Map.entry(405, "Not a method of this path"),
                    Map.entry(408, "The request took too long"),
                    Map.entry(409, "Doesn't fit how things stand"),
                    Map.entry(413, "The body is too large"),
                    Map.entry(415, "Not a media type that is taken"),
                    Map.entry(422, "Not taken as it is"),
                    Map.entry(429, "Too many requests"),
                    Map.entry(431, "The headers are too large"),
                    Map.entry(500, "A fault of the server"),
                    Map.entry(503, "Not able to right now"));

    /// Where a status says too little.
    private static final Map<String, String> TITLES_OF_KINDS =
            Map.of("key-of-another-request", "The key belongs to another request");

    private final ObjectMapper json;

    ProblemWriter(ObjectMapper json) {
        this.json = json;
    }

    Reply refused(Refused refused) {
        return reply(
                refused.status(),
                refused.kind(),
                String.valueOf(refused.getMessage()),
                newId(),
                refused.errors(),
                refused.headers());
    }

    Reply fault(String action, Exception cause) {
        String id = newId();
        LOG.log(Level.ERROR, "problem " + id + " at " + action, cause);
        return reply(
                500,
                "fault",
                "The server could not do this. Its log holds the cause under this problem's id.",
                id,
                List.of(),
                Map.of());
    }

    /// What the web server itself refused before it came to a route.
    Reply transport(int status, String detail) {
        return reply(status, "protocol", detail, newId(), List.of(), Map.of());
    }

    private Reply reply(
            int status,
            String kind,
            String detail,
            String id,
            List<FieldError> errors,
            Map<String, String> headers) {
        var problem =
                new ProblemDetail(
                        "urn:slipway:problem:" + kind,
                        title(status, kind),
                        status,
                        detail,
                        id,
                        errors);
        try {
            return new Reply(status, Reply.PROBLEM, json.writeValueAsBytes(problem), headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem can't be written", e);
        }
    }

    private static String title(int status, String kind) {
        String ofStatus = TITLES.getOrDefault(status, "The request was refused");
        return TITLES_OF_KINDS.getOrDefault(kind, ofStatus);
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
