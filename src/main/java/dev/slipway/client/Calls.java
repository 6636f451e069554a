package dev.slipway.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.slipway.api.Page;
import dev.slipway.api.ProblemDetail;

import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// How a route is called: the token, the `Idempotency-Key`, and what every kind of failure means.
final class Calls {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private static final byte[] NOTHING = "null".getBytes(StandardCharsets.US_ASCII);

    private final Duration patience;
    private final URI base;
    private final @Nullable Path certificate;
    private final ObjectMapper json = Json.mapper();
    private @Nullable OkHttpClient http;
    private volatile @Nullable String token;

    /// @param certificate what to trust instead of what the machine trusts, or null
    Calls(Duration patience, URI base, @Nullable Path certificate) {
        this.patience = patience;
        this.base = base;
        this.certificate = certificate;
    }

    /// Made when it is first needed: the console paints what it knows before it connects.
    synchronized OkHttpClient http() {
        OkHttpClient made = http;
        if (made == null) {
            var builder =
                    new OkHttpClient.Builder()
                            .connectTimeout(CONNECT)
                            .readTimeout(patience)
                            .writeTimeout(patience);
            if (certificate != null) {
                PinnedCertificates.in(builder, certificate);
            }
            made = builder.build();
            http = made;
        }
        return made;
    }

    /// For commands: one must never be sent twice behind our back.
    OkHttpClient once() {
        return http().newBuilder().retryOnConnectionFailure(false).build();
    }

    void token(@Nullable String value) {
        token = value;
    }

    HttpUrl.Builder url(String template, String... parameters) {
        HttpUrl.Builder url = HttpUrl.get(base.toString()).newBuilder();
        int next = 0;
        for (String segment : template.substring(1).split("/", -1)) {
            url.addPathSegment(segment.startsWith("{") ? parameters[next++] : segment);
        }
        return url;
    }

    Request.Builder request(HttpUrl url) {
        var request = new Request.Builder().url(url).header("Accept", "application/json");
        String bearer = token;
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return request;
    }

    /// @param ids what stands for the path's parameters, in their order
    <T> T one(String path, Class<T> type, String... ids) throws ProblemException {
        return get(url(path, ids), type);
    }

    <T> T get(HttpUrl.Builder url, Class<T> type) throws ProblemException {
        return decode(bytes(url), type(type));
    }

    /// All that there are, as an array or as the items of a page.
    <T> List<T> list(HttpUrl.Builder url, Class<T> item) throws ProblemException {
        JsonNode tree = get(url, JsonNode.class);
        return convert(tree.isObject() ? tree.path("items") : tree, item);
    }

    /// @param cursor the `next` of the page before, or null for the first
    <T> Page<T> page(HttpUrl.Builder url, @Nullable String cursor, Class<T> item)
            throws ProblemException {
        with(url, "after", cursor);
        return decode(bytes(url), type(Page.class, item));
    }

    /// Asks for what is chosen by a value; by none for what is null or empty.
    static void with(HttpUrl.Builder url, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            url.addQueryParameter(name, value);
        }
    }

    byte[] bytes(HttpUrl.Builder url) throws ProblemException {
        try (Response answer = http().newCall(request(url.build()).build()).execute()) {
            return body(answer);
        } catch (IOException e) {
            throw offline(e);
        }
    }

    /// Sends a command once. If its answer gets lost, what became of it is looked up by its key.
    ///
    /// @param ids what stands for the path's parameters, in their order
    <T> T command(String method, String path, @Nullable Object body, Class<T> type, String... ids)
            throws ProblemException {
        return decode(send(method, url(path, ids), body), type(type));
    }

    /// The same, giving the answer's body as it is.
    byte[] send(String method, HttpUrl.Builder url, @Nullable Object body) throws ProblemException {
        String key = UUID.randomUUID().toString();
        RequestBody content =
                body == null
                        ? RequestBody.create(new byte[0])
                        : RequestBody.create(encode(body), MediaType.get("application/json"));
        Request request =
                request(url.build()).header("Idempotency-Key", key).method(method, content).build();
        try (Response answer = once().newCall(request).execute()) {
            return body(answer);
        } catch (ConnectException e) {
            throw offline(e);
        } catch (IOException e) {
            return new LostAnswer(this, request, key).find(e);
        }
    }

    JavaType type(Class<?> type) {
        return json.constructType(type);
    }

    private JavaType type(Class<?> outer, Class<?> item) {
        return json.getTypeFactory().constructParametricType(outer, item);
    }

    ObjectMapper json() {
        return json;
    }

    byte[] body(Response answer) throws IOException, ProblemException {
        byte[] bytes = answer.body().bytes();
        if (answer.isSuccessful()) {
            return bytes;
        }
        throw new ProblemException(problem(answer, bytes));
    }

    private Problem problem(Response answer, byte[] bytes) {
        ProblemDetail detail = detail(answer, bytes);
        if (answer.code() == 401) {
            String text = detail == null ? null : detail.detail();
            return new Problem.Unauthorised(text == null ? "The session has ended." : text);
        }
        if (detail == null) {
            return new Problem.Unreadable("It answered with HTTP status " + answer.code() + ".");
        }
        return new Problem.Rejected(detail);
    }

    private @Nullable ProblemDetail detail(Response answer, byte[] bytes) {
        String type = answer.header("Content-Type", "");
        if (type == null || !type.startsWith("application/problem+json")) {
            return null;
        }
        try {
            JsonNode tree = json.readTree(bytes);
            if (tree instanceof ObjectNode object && !object.has("errors")) {
                object.putArray("errors");
            }
            return json.treeToValue(tree, ProblemDetail.class);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    <T> T decode(byte[] bytes, JavaType type) throws ProblemException {
        try {
            T value = json.readValue(bytes.length == 0 ? NOTHING : bytes, type);
            if (value == null) {
                throw new ProblemException(new Problem.Unreadable("It answered with nothing."));
            }
            return value;
        } catch (IOException | RuntimeException e) {
            throw new ProblemException(
                    new Problem.Unreadable("It is not of the contract: " + e.getMessage()), e);
        }
    }

    private <T> List<T> convert(JsonNode items, Class<T> type) throws ProblemException {
        try {
            return json.convertValue(items, type(List.class, type));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    new Problem.Unreadable("It is not of the contract: " + e.getMessage()), e);
        }
    }

    private byte[] encode(Object body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("can't be sent: " + body, e);
        }
    }

    static ProblemException offline(IOException e) {
        String text = e.getMessage();
        return new ProblemException(
                new Problem.Offline(
                        "Nothing was changed. (" + (text == null ? e.toString() : text) + ")"),
                e);
    }
}
