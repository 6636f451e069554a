package dev.slipway.backend.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.backend.http.Dispatch.Outcome;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// Makes what goes over the wire of what a handler gave or threw.
final class Answers {
    private final ObjectMapper json;
    private final ProblemWriter problems;

    Answers(ObjectMapper json) {
        this.json = json;
        this.problems = new ProblemWriter(json);
    }

    Outcome of(@Nullable Object answer) {
        return switch (answer) {
            case null -> plain(new Reply(204, null, new byte[0], Map.of()));
            case Answer special -> special(special);
            default -> plain(new Reply(200, Reply.JSON, bytes(answer), Map.of()));
        };
    }

    Outcome refused(Refused refused) {
        return plain(problems.refused(refused));
    }

    /// A fault of ours, which is logged.
    Outcome fault(String action, Exception cause) {
        return plain(problems.fault(action, cause));
    }

    private Outcome special(Answer answer) {
        var headers = new HashMap<>(answer.headers());
        String declared = headers.remove("Content-Type");
        return switch (answer.body()) {
            case null -> plain(new Reply(answer.status(), null, new byte[0], headers));
            case byte[] bytes -> plain(new Reply(answer.status(), declared, bytes, headers));
            case Streamed streamed ->
                    new Outcome(
                            new Reply(answer.status(), declared, new byte[0], headers), streamed);
            case Object body -> plain(new Reply(answer.status(), Reply.JSON, bytes(body), headers));
        };
    }

    private byte[] bytes(Object value) {
        try {
            return json.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("can't be written as JSON", e);
        }
    }

    private static Outcome plain(Reply reply) {
        return new Outcome(reply, null);
    }
}
