package dev.slipway.client.http;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.slipway.api.Page;

import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// How a route is called: the token, the `Idempotency-Key`, and what every kind of failure means.
/// For the calls of the features; nothing outside the client speaks HTTP by itself.
public final class Calls {
    private final Line line;

    /// @param base where the backend is, without [dev.slipway.api.Paths#ROOT]
    /// @param patience how long an answer may take
    /// @param certificate what to trust instead of what the machine trusts, or null
    public Calls(URI base, Duration patience, @Nullable Path certificate) {
        this.line = new Line(base, patience, certificate);
    }

    /// @param value who calls from now on, or null for no one
    public void token(@Nullable String value) {
        line.token(value);
    }

    /// @param ids what stands for the path's parameters, in their order
    public HttpUrl.Builder url(String path, String... ids) {
        return line.url(path, ids);
    }

    /// Asks for what is chosen by a value; by none for what is null or empty.
    public static void with(HttpUrl.Builder url, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            url.addQueryParameter(name, value);
        }
    }

    /// @param ids what stands for the path's parameters, in their order
    public <T> T one(String path, Class<T> type, String... ids) throws ProblemException {
        return get(url(path, ids), type);
    }

    public <T> T get(HttpUrl.Builder url, Class<T> type) throws ProblemException {
        return Answers.one(bytes(url), type);
    }

    /// What there may be none of.
    public <T> Optional<T> maybe(HttpUrl.Builder url, Class<T> type) throws ProblemException {
        byte[] body = bytes(url);
        return body.length == 0 ? Optional.empty() : Optional.of(Answers.one(body, type));
    }

    /// All that there are, as an array or as the items of a page.
    public <T> List<T> list(HttpUrl.Builder url, Class<T> item) throws ProblemException {
        return Answers.list(bytes(url), item);
    }

    /// @param cursor the `next` of the page before, or null for the first
    public <T> Page<T> page(HttpUrl.Builder url, @Nullable String cursor, Class<T> item)
            throws ProblemException {
        with(url, "after", cursor);
        return Answers.page(bytes(url), item);
    }

    /// An answer's body as it is.
    public byte[] bytes(HttpUrl.Builder url) throws ProblemException {
        try (Response answer = line.http().newCall(line.request(url.build()).build()).execute()) {
            return Answers.body(answer);
        } catch (IOException e) {
            throw ProblemException.offline(e);
        }
    }

    /// Sends a command once. If its answer gets lost, what became of it is looked up by its key.
    ///
    /// @param body a thing that is sent as JSON, a file's bytes, or null
    /// @param ids what stands for the path's parameters, in their order
    public <T> T command(
            String method, String path, @Nullable Object body, Class<T> type, String... ids)
            throws ProblemException {
        return command(method, url(path, ids), body, type);
    }

    /// The same to a route with a query.
    public <T> T command(String method, HttpUrl.Builder url, @Nullable Object body, Class<T> type)
            throws ProblemException {
        return Answers.one(send(method, url, body), type);
    }

    /// The same, giving the answer's body as it is.
    public byte[] send(String method, HttpUrl.Builder url, @Nullable Object body)
            throws ProblemException {
        String key = UUID.randomUUID().toString();
        Request request =
                line.request(url.build())
                        .header("Idempotency-Key", key)
                        .method(method, content(body))
                        .build();
        try (Response answer = line.once().newCall(request).execute()) {
            return Answers.body(answer);
        } catch (ConnectException e) {
            throw ProblemException.offline(e);
        } catch (IOException e) {
            return new LostAnswer(line, request, key).find(e);
        }
    }

    /// Asks once for a body that is read as it comes, from a byte on.
    ///
    /// @param from what is there already; 0 for all
    /// @param tag what it must still be to go on there; otherwise the answer begins at 0
    /// @return with status 206 if it goes on there; to be closed
    public Response open(HttpUrl url, long from, String tag) throws IOException, ProblemException {
        var request = line.request(url).header("Accept", "application/octet-stream");
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-").header("If-Range", '"' + tag + '"');
        }
        Response answer = line.once().newCall(request.build()).execute();
        if (answer.isSuccessful()) {
            return answer;
        }
        try (answer) {
            throw Answers.refusal(answer);
        }
    }

    /// Opens a stream of events that goes on after one of them.
    public EventStream stream(HttpUrl.Builder url, String lastEventId) {
        return new EventStream(
                line.http(),
                line.request(url.build())
                        .header("Accept", "text/event-stream")
                        .header("Last-Event-ID", lastEventId)
                        .build());
    }

    private static RequestBody content(@Nullable Object body) {
        return switch (body) {
            case null -> RequestBody.create(new byte[0]);
            case byte[] file -> RequestBody.create(file, MediaType.get("application/octet-stream"));
            default -> RequestBody.create(encode(body), MediaType.get("application/json"));
        };
    }

    private static byte[] encode(Object body) {
        try {
            return Json.mapper().writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("can't be sent: " + body, e);
        }
    }
}
