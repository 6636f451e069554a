package dev.slipway.backend.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.slipway.api.ProblemDetail;
import dev.slipway.api.Reason;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Route.Parameter;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Makes the OpenAPI 3.1 document of a route table.
final class OpenApiDocument {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{([^}]+)}");

    private final Schemas schemas = new Schemas(false);
    private final Schemas bodies = new Schemas(true);
    private final ObjectNode root = JSON.objectNode();

    private OpenApiDocument(List<Route> routes) {
        root.put("openapi", "3.1.0");
        root.putObject("info")
                .put("title", "Slipway")
                .put("version", "1")
                .put("description", "The contract between the console and the backend.");
        ObjectNode paths = root.putObject("paths");
        for (Route route : routes) {
            paths.withObjectProperty(route.path())
                    .set(route.method().toLowerCase(Locale.ROOT), operation(route));
        }
        ObjectNode components = root.putObject("components");
        schemas.of(ProblemDetail.class);
        ObjectNode all = components.putObject("schemas");
        all.setAll(schemas.components());
        // a body is a record of its own; where it holds another one, that is the same for both
        bodies.components()
                .properties()
                .forEach(
                        body -> {
                            if (!all.has(body.getKey())) {
                                all.set(body.getKey(), body.getValue());
                            }
                        });
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer");
    }

    static ObjectNode of(List<Route> routes) {
        return new OpenApiDocument(routes).root;
    }

    private ObjectNode operation(Route route) {
        ObjectNode operation =
                JSON.objectNode()
                        .put("summary", route.summary())
                        .put("operationId", operationId(route));
        ArrayNode parameters = operation.putArray("parameters");
        PATH_PARAMETER
                .matcher(route.path())
                .results()
                .forEach(found -> parameters.add(parameter("path", found.group(1), "", true)));
        for (Parameter parameter : route.query()) {
            parameters.add(parameter("query", parameter.name(), parameter.description(), false));
        }
        ArrayNode security = operation.putArray("security");
        if (!route.open()) {
            security.addObject().putArray("token");
            ArrayNode roles = operation.putArray("x-roles");
            route.roles().stream().map(Enum::name).sorted().forEach(roles::add);
        }
        if (!route.method().equals("GET") && !route.open()) {
            parameters.add(
                    parameter(
                            "header",
                            "Idempotency-Key",
                            "Names this write: sent again with the same key, it is answered the"
                                    + " same and done once.",
                            true));
        }
        shape(route, parameters);
        if (route.body() != null) {
            ObjectNode body =
                    operation
                            .putObject("requestBody")
                            .put("required", route.body() != Reason.class);
            if (route.body() == byte[].class) {
                content(body, "application/octet-stream", JSON.objectNode());
            } else {
                content(body, "application/json", bodies.of(route.body()));
            }
        }
        responses(operation.putObject("responses"), route);
        return operation;
    }

    private static void shape(Route route, ArrayNode parameters) {
        if (route.shape() == Route.Shape.PAGE) {
            parameters.add(parameter("query", "after", "`next` of the page before.", false));
            parameters.add(parameter("query", "limit", "The most items to give.", false));
        }
        if (route.shape() == Route.Shape.EVENTS) {
            parameters.add(parameter("header", "Last-Event-ID", "Go on after this event.", false));
        }
    }

    private void responses(ObjectNode responses, Route route) {
        ObjectNode good =
                responses
                        .putObject(route.answer() == null ? "204" : "2XX")
                        .put("description", "Done.");
        if (route.answer() != null) {
            switch (route.shape()) {
                case ONE -> content(good, "application/json", schemas.of(route.answer()));
                case PAGE -> content(good, "application/json", schemas.page(route.answer()));
                case LIST ->
                        content(
                                good,
                                "application/json",
                                schemas.array(schemas.of(route.answer())));
                case CSV -> content(good, "text/csv", JSON.objectNode().put("type", "string"));
                case BYTES ->
                        content(
                                good,
                                "application/pdf",
                                JSON.objectNode().put("type", "string").put("format", "binary"));
                case FILE ->
                        content(
                                good,
                                "application/octet-stream",
                                JSON.objectNode().put("type", "string").put("format", "binary"));
                case EVENTS -> {
                    good.put(
                            "description",
                            "Events `change` (data: a Change), `reset` (take a snapshot) and"
                                    + " `heartbeat` (data: {\"now\"}). Ids are `epoch:number`.");
                    content(good, "text/event-stream", schemas.of(route.answer()));
                }
            }
        }
        for (String bad : List.of("4XX", "5XX")) {
            content(
                    responses.putObject(bad).put("description", "Refused, and why."),
                    "application/problem+json",
                    schemas.of(ProblemDetail.class));
        }
    }

    private static void content(ObjectNode holder, String type, ObjectNode schema) {
        holder.putObject("content").putObject(type).set("schema", schema);
    }

    private static ObjectNode parameter(
            String in, String name, String description, boolean required) {
        ObjectNode parameter =
                JSON.objectNode().put("name", name).put("in", in).put("required", required);
        if (!description.isEmpty()) {
            parameter.put("description", description);
        }
        parameter.putObject("schema").put("type", "string");
        return parameter;
    }

    /// For example `post_launch_rollback`.
    private static String operationId(Route route) {
        return (route.method() + route.path().replace("/api/v1", ""))
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("_$", "");
    }
}
