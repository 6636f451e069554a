package dev.slipway.backend.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// JSON Schema (2020-12) of the contract's records, each once under `components/schemas`.
///
/// Every component is required; one that is `@Nullable` may be null. In a request a null one may
/// also be left out.
final class Schemas {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Map<Class<?>, String[]> PLAIN =
            Map.ofEntries(
                    Map.entry(String.class, new String[] {"string", ""}),
                    Map.entry(boolean.class, new String[] {"boolean", ""}),
                    Map.entry(Boolean.class, new String[] {"boolean", ""}),
                    Map.entry(int.class, new String[] {"integer", "int32"}),
                    Map.entry(Integer.class, new String[] {"integer", "int32"}),
                    Map.entry(long.class, new String[] {"integer", "int64"}),
                    Map.entry(Long.class, new String[] {"integer", "int64"}),
                    Map.entry(double.class, new String[] {"number", "double"}),
                    Map.entry(Double.class, new String[] {"number", "double"}),
                    Map.entry(BigDecimal.class, new String[] {"number", ""}),
                    Map.entry(Instant.class, new String[] {"string", "date-time"}),
                    Map.entry(LocalDate.class, new String[] {"string", "date"}),
                    Map.entry(Duration.class, new String[] {"string", "duration"}));

    private final ObjectNode components = JSON.objectNode();
    private final boolean request;

    /// @param request whether these are bodies of requests, where a null may be left out
    Schemas(boolean request) {
        this.request = request;
    }

    ObjectNode components() {
        return components;
    }

    /// A reference to a type's schema, which is added if it isn't there yet.
    ObjectNode of(Class<?> type) {
        String[] plain = PLAIN.get(type);
        if (plain != null) {
            ObjectNode schema = JSON.objectNode().put("type", plain[0]);
            return plain[1].isEmpty() ? schema : schema.put("format", plain[1]);
        }
        if (type == Object.class) {
            return JSON.objectNode();
        }
        if (!components.has(type.getSimpleName())) {
            components.putObject(type.getSimpleName());
            components.set(type.getSimpleName(), define(type));
        }
        return reference(type.getSimpleName());
    }

    /// A page of one type.
    ObjectNode page(Class<?> item) {
        String name = item.getSimpleName() + "Page";
        if (!components.has(name)) {
            ObjectNode page = object();
            ObjectNode properties = page.putObject("properties");
            properties.set("items", array(of(item)));
            properties.set("next", nullable(of(String.class)));
            properties.set("total", nullable(of(Long.class)));
            page.set("required", JSON.arrayNode().add("items").add("next").add("total"));
            components.set(name, page);
        }
        return reference(name);
    }

    ObjectNode array(ObjectNode items) {
        ObjectNode array = JSON.objectNode().put("type", "array");
        array.set("items", items);
        return array;
    }

    private ObjectNode define(Class<?> type) {
        if (type == Change.class) {
            return change();
        }
        if (type.isEnum()) {
            ObjectNode schema = JSON.objectNode().put("type", "string");
            ArrayNode values = schema.putArray("enum");
            for (Object constant : type.getEnumConstants()) {
                values.add(((Enum<?>) constant).name());
            }
            return schema;
        }
        if (!type.isRecord()) {
            throw new IllegalArgumentException("no JSON Schema for " + type);
        }
        ObjectNode schema = object();
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (RecordComponent component : type.getRecordComponents()) {
            boolean nullable = isNullable(component.getAnnotatedType());
            properties.set(component.getName(), of(component.getAnnotatedType()));
            if (!nullable || !request) {
                required.add(component.getName());
            }
        }
        return schema;
    }

    /// What a change carries depends on its kind.
    private ObjectNode change() {
        ObjectNode schema = JSON.objectNode();
        ArrayNode kinds = schema.putArray("oneOf");
        for (Kind kind : Kind.values()) {
            ObjectNode one = object();
            ObjectNode properties = one.putObject("properties");
            properties.set("kind", JSON.objectNode().put("const", kind.wire()));
            properties.set("id", of(String.class));
            properties.set("at", of(Instant.class));
            properties.set("value", nullable(of(kind.type())));
            one.set("required", JSON.arrayNode().add("kind").add("id").add("at").add("value"));
            kinds.add(one);
        }
        return schema;
    }

    private ObjectNode of(AnnotatedType type) {
        ObjectNode schema = ofPresent(type);
        return isNullable(type) ? nullable(schema) : schema;
    }

    private ObjectNode ofPresent(AnnotatedType annotated) {
        Type type = annotated.getType();
        if (type instanceof Class<?> plain) {
            return of(plain);
        }
        if (type instanceof ParameterizedType generic
                && annotated instanceof AnnotatedParameterizedType parts) {
            AnnotatedType[] of = parts.getAnnotatedActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return array(of(of[0]));
            }
            if (generic.getRawType() == Map.class) {
                ObjectNode map = JSON.objectNode().put("type", "object");
                map.set("additionalProperties", of(of[1]));
                return map;
            }
        }
        throw new IllegalArgumentException("no JSON Schema for " + type);
    }

    private static boolean isNullable(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static ObjectNode nullable(ObjectNode schema) {
        if (schema.path("type").isTextual()) {
            ObjectNode copy = schema.deepCopy();
            copy.set("type", JSON.arrayNode().add(schema.get("type")).add("null"));
            return copy;
        }
        ObjectNode either = JSON.objectNode();
        either.putArray("anyOf").add(schema).add(JSON.objectNode().put("type", "null"));
        return either;
    }

    private static ObjectNode object() {
        return JSON.objectNode().put("type", "object").put("additionalProperties", false);
    }

    private static ObjectNode reference(String name) {
        return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
    }
}
