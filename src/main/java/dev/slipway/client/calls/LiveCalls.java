package dev.slipway.client.calls;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.Paths;
import dev.slipway.client.http.Calls;
import dev.slipway.client.http.EventStream;
import dev.slipway.client.http.ProblemException;

/// All that a backend shows live: as it stands, and as it changes from then on.
public final class LiveCalls {
    private final Calls calls;

    public LiveCalls(Calls calls) {
        this.calls = calls;
    }

    public JsonNode snapshot() throws ProblemException {
        return calls.one(Paths.SNAPSHOT, JsonNode.class);
    }

    /// The changes after one of them; to be closed.
    public EventStream stream(String lastEventId) {
        return calls.stream(calls.url(Paths.STREAM), lastEventId);
    }
}
