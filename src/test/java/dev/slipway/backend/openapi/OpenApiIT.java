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
import dev.slipway.testing.Contract;
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

    /// The fixture holds every answer of every test against the document; here each route is asked
    /// at least once.
    @Test
    void everyRouteIsAnsweredAsDescribed() {
        String admin = backend.token(Role.ADMIN);
        backend.send("POST", "/api/v1/users", admin, RunningBackend.newUser("k", Role.VIEWER), "k");
        backend.get("/api/v1/commands/k", admin);
        for (Route route : backend.routes()) {
            if (route.shape() != Route.Shape.EVENTS && !route.path().endsWith("/session")) {
                String path = route.path().replaceAll("\\{[^}]*}", "none");
                backend.send(route.method(), path, admin, route.body() == null ? null : "{}");
                backend.send(route.method(), path, null, null);
                backend.send(route.method(), path, backend.token(Role.VIEWER), null);
            }
        }
    }

    /// What the other tests ask by chance; here no route is left out, the log-in and the stream
    /// neither.
    @Test
    void everyOperationDescribesWhatItAnswersAndItsProblems() {
        for (Route route : backend.routes()) {
            JsonNode responses = operation(route).path("responses");
            String name = route.method() + " " + route.path();
            JsonNode done = responses.path(responses.has("204") ? "204" : "2XX");
            assertThat(done.isMissingNode()).as(name).isFalse();
            // what OpenAPI documents look like, OpenAPI says
            if (!responses.has("204") && !route.path().endsWith("/openapi.json")) {
                assertThat(done.path("content").properties())
                        .as(name)
                        .isNotEmpty()
                        .allSatisfy(
                                type -> assertThat(type.getValue().path("schema")).isNotEmpty());
            }
            for (String refused : List.of("4XX", "5XX")) {
                JsonNode content = responses.path(refused).path("content");
                assertThat(content.path("application/problem+json").path("schema"))
                        .as(name + " " + refused)
                        .isNotEmpty();
            }
        }
    }

    /// Of each route a good answer where it needs nothing but a user, and a problem. The fixture
    /// holds each against the document.
    @Test
    void everyQuestionIsAnsweredWellAndEveryRouteRefusesStrangers() {
        String admin = backend.token(Role.ADMIN);
        for (Route route : backend.routes()) {
            String path = route.path().replaceAll("\\{[^}]*}", "none");
            String name = route.method() + " " + path;
            if (!route.open()) {
                assertThat(backend.send(route.method(), path, null, null).statusCode())
                        .as(name)
                        .isEqualTo(401);
            }
            if (route.method().equals("GET") && route.shape() != Route.Shape.EVENTS) {
                int found = path.equals(route.path()) ? 200 : 404;
                // this backend has no shop to invoice; InvoiceRoutesIT asks one that has
                assertThat(backend.get(path, admin).statusCode())
                        .as(name)
                        .isEqualTo(path.contains("/invoice") ? 409 : found);
            }
        }
    }

    @Test
    void theFixtureNoticesAnAnswerThatIsNotAsDescribed() {
        var contract = new Contract(document);
        var user = RunningBackend.json(backend.get("/api/v1/users", backend.token(Role.ADMIN)));
        String users = "/api/v1/users";
        String type = "application/json";
        assertThat(contract.wrong("GET", users, 200, type, user)).isEmpty();
        assertThat(contract.wrong("GET", users, 200, "text/html", user)).isNotEmpty();
        assertThat(contract.wrong("GET", users, 302, type, user)).isNotEmpty();
        ((ObjectNode) user.get("items").get(0)).put("role", "BOSS");
        assertThat(contract.wrong("GET", users, 200, type, user)).isNotEmpty();
        assertThat(contract.wrong("POST", users + "/x/disable", 200, type, document)).isNotEmpty();
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
