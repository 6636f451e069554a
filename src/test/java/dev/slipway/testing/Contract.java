package dev.slipway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Holds answers against the OpenAPI document that the backend serves, by a validator that is not
/// ours.
public final class Contract {
    private static final JsonSchemaFactory FACTORY =
            JsonSchemaFactory.getInstance(VersionFlag.V202012);

    private final JsonNode document;
    private final Map<JsonNode, JsonSchema> schemas = new HashMap<>();

    public Contract(JsonNode document) {
        this.document = document;
    }

    /// What of an answer is not as described; empty if all is, or the path is none of the
    /// document's.
    ///
    /// @param path without its query
    /// @param type the answer's Content-Type, empty if it has none
    /// @param body the answer's body; null if it is not JSON
    public synchronized List<String> wrong(
            String method, String path, int status, String type, JsonNode body) {
        JsonNode operation = operation(method, path);
        if (operation.isMissingNode()) {
            return List.of();
        }
        JsonNode responses = operation.path("responses");
        JsonNode response = responses.path(status == 204 ? "204" : status / 100 + "XX");
        if (response.isMissingNode()) {
            return List.of("status " + status + " is not described");
        }
        if (type.isEmpty()) {
            return response.has("content") ? List.of("has no body") : List.of();
        }
        JsonNode schema = response.path("content").path(type).path("schema");
        if (schema.isMissingNode()) {
            return List.of("type " + type + " is not described");
        }
        return type.endsWith("json")
                ? schema(schema).validate(body).stream().map(Object::toString).toList()
                : List.of();
    }

    private JsonNode operation(String method, String path) {
        JsonNode literal = document.path("paths").path(path);
        JsonNode found = literal.isMissingNode() ? template(path) : literal;
        return found.path(method.toLowerCase(Locale.ROOT));
    }

    private JsonNode template(String path) {
        for (var entry : document.path("paths").properties()) {
            if (path.matches(entry.getKey().replaceAll("\\{[^}]*}", "[^/]+"))) {
                return entry.getValue();
            }
        }
        return document.path("no such path");
    }

    /// One that finds the document's components.
    private JsonSchema schema(JsonNode node) {
        return schemas.computeIfAbsent(
                node,
                _ -> {
                    ObjectNode schema = node.deepCopy();
                    schema.set("components", document.get("components"));
                    return FACTORY.getSchema(
                            schema,
                            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
                });
    }
}
