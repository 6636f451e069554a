package dev.slipway.backend.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;

import dev.slipway.api.access.Role;
import dev.slipway.backend.http.Route;
import dev.slipway.testing.RunningBackend;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The OpenAPI document against the routes, and real answers against the document, by a validator
/// that is not ours.
class OpenApiIT {
    private static final JsonSchemaFactory FACTORY =
            JsonSchemaFactory.getInstance(VersionFlag.V202012);

    @TempDir static Path home;
    private static RunningBackend backend;
    private static JsonNode document;

    @BeforeAll
    static void start() throws IOException {
        backend = new RunningBackend(home);
        backend.token(Role.VIEWER);
        document = RunningBackend.json(backend.get("/api/v1/openapi.json", null));
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void describesEveryRouteAndNoOther() {
        List<String> described = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .fieldNames()
                                        .forEachRemaining(
                                                method ->
                                                        described.add(
                                                                method.toUpperCase(Locale.ROOT)
                                                                        + " "
                                                                        + path.getKey())));
        assertThat(document.get("openapi").asText()).startsWith("3.1.");
        assertThat(described)
                .containsExactlyInAnyOrderElementsOf(
                        backend.routes().stream().map(r -> r.method() + " " + r.path()).toList());
    }

    @Test
    void everyOperationTellsItsParametersItsKeyAndItsSecurity() {
        Set<String> ids = new HashSet<>();
        for (Route route : backend.routes()) {
            JsonNode operation = operation(route);
            String name = route.method() + " " + route.path();
            assertThat(ids.add(operation.get("operationId").asText())).as(name).isTrue();
            assertThat(operation.get("security").isEmpty()).as(name).isEqualTo(route.open());
            List<String> parameters = operation.get("parameters").findValuesAsText("name");
            for (String part : route.path().split("/")) {
                if (part.startsWith("{")) {
                    assertThat(parameters).contains(part.substring(1, part.length() - 1));
                }
            }
            boolean keyed = !route.method().equals("GET") && !route.path().endsWith("/session");
            if (keyed) {
                assertThat(parameters).as(name).contains("Idempotency-Key");
            }
            assertThat(operation.has("requestBody")).as(name).isEqualTo(route.body() != null);
        }
    }

    @Test
    void everyReferenceLeadsSomewhereAndEverySchemaIsOne() {
        JsonSchema meta = FACTORY.getSchema(SchemaLocation.of(SchemaId.V202012));
        document.findValuesAsText("$ref")
                .forEach(
                        reference ->
                                assertThat(document.at(reference.substring(1)).isMissingNode())
                                        .as(reference)
                                        .isFalse());
        document.at("/components/schemas")
                .properties()
                .forEach(
                        schema ->
                                assertThat(meta.validate(schema.getValue()))
                                        .as(schema.getKey())
                                        .isEmpty());
    }

    @Test
    void everyReadIsAnsweredAsDescribed() {
        List<String> wrong = new ArrayList<>();
        for (Route route : backend.routes()) {
            if (route.method().equals("GET")
                    && !route.path().contains("{")
                    && route.shape() != Route.Shape.EVENTS) {
                var answer = backend.get(route.path(), backend.token(Role.ADMIN));
                String status = answer.statusCode() == 200 ? "2XX" : "4XX";
                String type = answer.headers().firstValue("Content-Type").orElse("");
                JsonNode schema =
                        operation(route).at("/responses/" + status + "/content").path(type);
                if (schema.isMissingNode()) {
                    wrong.add(route.path() + " answers " + type);
                } else {
                    schema(schema.get("schema"))
                            .validate(RunningBackend.json(answer))
                            .forEach(message -> wrong.add(route.path() + ": " + message));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aPathWithAParameterIsAnsweredAsDescribedToo() {
        String admin = backend.token(Role.ADMIN);
        backend.send("POST", "/api/v1/users", admin, RunningBackend.newUser("k", Role.VIEWER), "k");
        JsonNode command = RunningBackend.json(backend.get("/api/v1/commands/k", admin));
        JsonNode described =
                document.at("/paths/~1api~1v1~1commands~1{key}/get/responses/2XX/content")
                        .path("application/json")
                        .get("schema");
        assertThat(schema(described).validate(command)).isEmpty();
    }

    @Test
    void everyRefusalIsAsDescribed() {
        JsonSchema problem = schema(document.at("/components/schemas/ProblemDetail"));
        String admin = backend.token(Role.ADMIN);
        for (var answer :
                List.of(
                        backend.get("/api/v1/nothing", null),
                        backend.get("/api/v1/users", null),
                        backend.get("/api/v1/users", backend.token(Role.VIEWER)),
                        backend.send("PATCH", "/api/v1/users", admin, null),
                        backend.send("POST", "/api/v1/users", admin, "{}"))) {
            assertThat(problem.validate(RunningBackend.json(answer))).isEmpty();
        }
    }

    @Test
    void anAnswerThatIsNotAsDescribedIsNoticed() {
        JsonSchema health = schema(document.at("/components/schemas/Health"));
        ObjectNode answer = (ObjectNode) RunningBackend.json(backend.get("/api/v1/health", null));
        assertThat(health.validate(answer)).isEmpty();
        assertThat(health.validate(answer.deepCopy().put("more", 1))).isNotEmpty();
        assertThat(health.validate(answer.deepCopy().put("now", "yesterday"))).isNotEmpty();
        assertThat(health.validate(answer.deepCopy().putNull("epoch"))).isNotEmpty();
        assertThat(health.validate(answer.deepCopy().without("ok"))).isNotEmpty();
    }

    private static JsonNode operation(Route route) {
        return document.get("paths").get(route.path()).get(route.method().toLowerCase(Locale.ROOT));
    }

    /// A schema that finds the document's components.
    private static JsonSchema schema(JsonNode node) {
        ObjectNode schema = node.deepCopy();
        schema.set("components", document.get("components"));
        return FACTORY.getSchema(
                schema, SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
    }
}
