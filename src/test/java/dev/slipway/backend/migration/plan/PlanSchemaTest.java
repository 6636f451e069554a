package dev.slipway.backend.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

import dev.slipway.config.BadFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The schema that editors complete plans by, held against the reader. The reader tells what it
/// knows itself: of a word that is near none it names them all.
class PlanSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FILE = Path.of("assets/plans/plan.schema.json");
    private static final String NONE = "zzzzzzzzzzzzzzzzzzzzzzzz";
    private static final Pattern KNOWN = Pattern.compile("'" + NONE + "'; known here: ([^\n]*)");
    private static final JsonNode SCHEMA = read();

    private static JsonNode read() {
        try {
            return JSON.readTree(FILE.toFile());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Stream<Path> shipped() throws Exception {
        List<Path> plans = new ArrayList<>();
        for (Path folder : List.of(Path.of("assets/plans"), Path.of("src/test/resources/plans"))) {
            try (var files = Files.list(folder)) {
                files.filter(f -> f.toString().endsWith(".yaml")).forEach(plans::add);
            }
        }
        assertThat(plans).hasSizeGreaterThan(5);
        return plans.stream();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyPlanThatIsShippedIsValid(Path plan) throws Exception {
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(SCHEMA);
        Object yaml =
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(plan));

        assertThat(schema.validate(JSON.valueToTree(yaml))).isEmpty();
    }

    @Test
    void theSchemaIsOneItself() throws Exception {
        JsonSchema meta =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(
                                java.net.URI.create(
                                        "https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(SCHEMA)).isEmpty();
    }

    @Test
    void bothKnowTheSameTypes() {
        Set<String> types = words(SCHEMA.at("/$defs/column/properties/type/enum"));
        assertThat(types).isEqualTo(known(column("type: " + NONE)));
        for (JsonNode when : SCHEMA.at("/$defs/column/allOf")) {
            String type = when.at("/if/properties/type/const").asText();
            assertThat(when.at("/then/$ref").asText()).isEqualTo("#/$defs/column-" + type);
            assertThat(types.remove(type)).isTrue();
        }
        assertThat(types).isEmpty();
    }

    static Set<String> types() {
        return words(SCHEMA.at("/$defs/column/properties/type/enum"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void bothKnowTheSameKeysOfAColumn(String type) {
        Set<String> schema = names("/$defs/column");
        schema.addAll(names("/$defs/column-" + type));

        assertThat(schema).isEqualTo(known(column("type: " + type + ", " + NONE + ": 1")));
        assertThat(SCHEMA.at("/$defs/column/unevaluatedProperties").asBoolean(true)).isFalse();
    }

    /// Where the schema lists words, the reader knows them, and no others.
    @ParameterizedTest
    @MethodSource("types")
    void bothKnowTheSameWordsOfAColumn(String type) {
        Set<String> compared = new TreeSet<>();
        for (String at : List.of("/$defs/column", "/$defs/column-" + type)) {
            for (String key : names(at)) {
                Set<String> listed = listed(SCHEMA.at(at + "/properties/" + key));
                if (!listed.isEmpty() && !key.equals("type")) {
                    String asked = "type: " + type + ", " + key + ": ";
                    assertThat(known(column(asked + NONE))).as(key).isEqualTo(listed);
                    compared.add(key);
                }
            }
        }
        assertThat(compared).contains("on-missing", "on-bad", "store", "wins");
    }

    @Test
    void bothKnowTheSameKeysElsewhere() {
        String step = "steps:\n  - {name: s, source: {table: t%s}, target: t, columns: {}%s}\n";
        assertThat(keys("")).isEqualTo(known("name: p\nsteps: []\n" + NONE + ": 1\n"));
        assertThat(keys("/$defs/step"))
                .isEqualTo(known("name: p\n" + step.formatted("", ", " + NONE + ": 1")));
        assertThat(keys("/$defs/source"))
                .isEqualTo(known("name: p\n" + step.formatted(", " + NONE + ": 1", "")));
        assertThat(keys("/$defs/match"))
                .isEqualTo(
                        known(
                                "name: p\n"
                                        + step.formatted(
                                                "",
                                                ", match: {m: {columns: a, " + NONE + ": 1}}")));
        assertThat(words(SCHEMA.at("/$defs/normal/enum")))
                .isEqualTo(
                        known(
                                "name: p\n"
                                        + step.formatted(
                                                "",
                                                ", match: {m: {columns: a, normal: "
                                                        + NONE
                                                        + "}}")));
        assertThat(keys("/$defs/schema"))
                .isEqualTo(known("name: p\nsteps: []\nschema: {sqlite: {" + NONE + ": 1}}"));
        assertThat(keys("/$defs/validation"))
                .isEqualTo(
                        known(
                                "name: p\nsteps: []\nvalidations: [{name: a, source: b,"
                                        + " target: c, "
                                        + NONE
                                        + ": 1}]"));
        assertThat(keys("/properties/schema"))
                .isEqualTo(known("name: p\nsteps: []\nschema: {" + NONE + ": {}}"));
    }

    /// The words that a property may have, if the schema lists them.
    private static Set<String> listed(JsonNode property) {
        return words(
                property.has("$ref")
                        ? SCHEMA.at(property.get("$ref").asText().substring(1)).path("enum")
                        : property.path("enum"));
    }

    private static Set<String> words(JsonNode list) {
        Set<String> words = new TreeSet<>();
        list.forEach(
                word -> {
                    if (!word.isNull()) {
                        words.add(word.asText());
                    }
                });
        return words;
    }

    private static Set<String> keys(String at) {
        assertThat(SCHEMA.at(at + "/additionalProperties").asBoolean(true)).isFalse();
        return names(at);
    }

    private static Set<String> names(String at) {
        Set<String> names = new TreeSet<>();
        SCHEMA.at(at + "/properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String column(String inside) {
        return "name: p\nsteps:\n  - {name: s, source: {table: t}, target: t, columns: {c: {"
                + inside
                + "}}}\n";
    }

    /// What the reader says it knows instead of the word that it does not.
    private static Set<String> known(String yaml) {
        BadFile bad =
                catchThrowableOfType(BadFile.class, () -> PlanReader.read("p", yaml, Path.of(".")));
        var found = KNOWN.matcher(String.valueOf(bad.getMessage()));
        assertThat(found.find()).as(bad.getMessage()).isTrue();
        return new TreeSet<>(List.of(found.group(1).split(", ")));
    }
}
