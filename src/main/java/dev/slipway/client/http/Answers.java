package dev.slipway.client.http;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.slipway.api.Page;
import dev.slipway.api.ProblemDetail;

import okhttp3.Response;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads what a backend answers: a thing of the contract, a refusal, or neither.
final class Answers {
    private static final byte[] NOTHING = "null".getBytes(StandardCharsets.US_ASCII);

    private static final ObjectMapper JSON = Json.mapper();

    private Answers() {}

    /// @throws ProblemException that it was refused
    static byte[] body(Response answer) throws IOException, ProblemException {
        if (!answer.isSuccessful()) {
            throw refusal(answer);
        }
        return answer.body().bytes();
    }

    /// @param answer one that is no success
    static ProblemException refusal(Response answer) throws IOException {
        return new ProblemException(problem(answer, answer.body().bytes()));
    }

    static <T> T one(byte[] body, Class<T> type) throws ProblemException {
        return decode(body, JSON.constructType(type));
    }

    static <T> Page<T> page(byte[] body, Class<T> item) throws ProblemException {
        return decode(body, JSON.getTypeFactory().constructParametricType(Page.class, item));
    }

    /// All that there are, as an array or as the items of a page.
    static <T> List<T> list(byte[] body, Class<T> item) throws ProblemException {
        JsonNode tree = one(body, JsonNode.class);
        JsonNode items = tree.isObject() ? tree.path("items") : tree;
        try {
            return JSON.convertValue(
                    items, JSON.getTypeFactory().constructParametricType(List.class, item));
        } catch (IllegalArgumentException e) {
            throw notOfTheContract(e);
        }
    }

    private static <T> T decode(byte[] body, JavaType type) throws ProblemException {
        try {
            T value = JSON.readValue(body.length == 0 ? NOTHING : body, type);
            if (value == null) {
                throw new ProblemException(new Problem.Unreadable("It answered with nothing."));
            }
            return value;
        } catch (IOException | RuntimeException e) {
            throw notOfTheContract(e);
        }
    }

    private static ProblemException notOfTheContract(Exception e) {
        return new ProblemException(
                new Problem.Unreadable("It is not of the contract: " + e.getMessage()), e);
    }

    private static Problem problem(Response answer, byte[] body) {
        ProblemDetail detail = detail(answer, body);
        if (answer.code() == 401) {
            String text = detail == null ? null : detail.detail();
            return new Problem.Unauthorised(text == null ? "The session has ended." : text);
        }
        if (detail == null) {
            return new Problem.Unreadable("It answered with HTTP status " + answer.code() + ".");
        }
        return new Problem.Rejected(detail);
    }

    private static @Nullable ProblemDetail detail(Response answer, byte[] body) {
        String type = answer.header("Content-Type", "");
        if (type == null || !type.startsWith("application/problem+json")) {
            return null;
        }
        try {
            JsonNode tree = JSON.readTree(body);
            if (tree instanceof ObjectNode object && !object.has("errors")) {
                object.putArray("errors");
            }
            return JSON.treeToValue(tree, ProblemDetail.class);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }
}
