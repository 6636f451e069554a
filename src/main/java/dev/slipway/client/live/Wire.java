package dev.slipway.client.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.events.Kind;
import dev.slipway.api.metrics.Interval;
import dev.slipway.client.http.Json;
import dev.slipway.client.offline.Document;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the changes that stream and snapshot carry. A kind that this version does not know is
/// passed over: a newer backend may have more.
final class Wire {
    private static final System.Logger LOG = System.getLogger(Wire.class.getName());

    private final ObjectMapper json = Json.mapper();
    private final Map<String, Kind> kinds = new HashMap<>();

    Wire() {
        for (Kind kind : Kind.values()) {
            kinds.put(kind.wire(), kind);
        }
    }

    /// Changes by how they are kept.
    record Changes(List<Document> documents, List<Interval> intervals) {
        Changes() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    /// A snapshot with its position.
    record Read(String eventId, Changes changes) {}

    /// Reads the data of one `change` event. One that is not of the contract is logged and passed
    /// over: to stop there would be to stop for ever, since it would come again.
    void change(String data, Changes into) {
        try {
            add(json.readTree(data), into);
        } catch (JsonProcessingException e) {
            passOver(e);
        }
    }

    Read snapshot(JsonNode tree) {
        var changes = new Changes();
        for (JsonNode change : tree.path("changes")) {
            try {
                add(change, changes);
            } catch (JsonProcessingException e) {
                passOver(e);
            }
        }
        return new Read(tree.path("eventId").asText(), changes);
    }

    private void add(JsonNode change, Changes into) throws JsonProcessingException {
        Optional<Kind> kind = Optional.ofNullable(kinds.get(change.path("kind").asText()));
        JsonNode value = change.path("value");
        boolean gone = value.isNull() || value.isMissingNode();
        if (kind.isEmpty() || (gone && kind.get() == Kind.INTERVAL)) {
            return;
        }
        if (kind.get() == Kind.INTERVAL) {
            into.intervals().add(json.treeToValue(value, Interval.class));
        } else {
            if (!gone) {
                // what does not fit the contract must not get into the store
                json.treeToValue(value, kind.get().type());
            }
            into.documents()
                    .add(new Document(kind.get(), change.path("id").asText(), gone ? null : value));
        }
    }

    private static void passOver(JsonProcessingException e) {
        LOG.log(Level.WARNING, "a change is not of the contract: {0}", e.getOriginalMessage());
    }
}
