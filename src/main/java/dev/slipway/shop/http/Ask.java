package dev.slipway.shop.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What someone asks: path and query decoded strictly, the body bounded.
public final class Ask {
    private static final int MAX_BODY = 64 * 1024;

    private final ServerRequest request;
    private final List<String> segments;
    private final Map<String, String> query;
    private final Map<String, String> parameters;

    Ask(
            ServerRequest request,
            List<String> segments,
            Map<String, String> query,
            Map<String, String> parameters) {
        this.request = request;
        this.segments = segments;
        this.query = query;
        this.parameters = parameters;
    }

    public String method() {
        return request.prologue().method().text();
    }

    /// The decoded path.
    public String path() {
        return String.join("/", segments);
    }

    /// Path and query as they were sent.
    public String target() {
        String raw = request.prologue().query().rawValue();
        String path = request.prologue().uriPath().rawPath();
        return raw.isEmpty() ? path : path + "?" + raw;
    }

    public Optional<String> header(String name) {
        return request.headers().first(HeaderNames.create(name));
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /// A number of the query.
    ///
    /// @throws Problem 400 if it is not a whole number between `least` and `most`
    public long query(String name, long least, long most, long otherwise) {
        return query(name).map(text -> number(name, text, least, most)).orElse(otherwise);
    }

    /// A part of the path that the route's template names.
    public String text(String parameter) {
        return parameters.getOrDefault(parameter, "");
    }

    /// A number of the path.
    ///
    /// @throws Problem 400 if it is none
    public long id(String parameter) {
        return number(parameter, text(parameter), 1, Integer.MAX_VALUE);
    }

    private static long number(String name, String text, long least, long most) {
        if (text.length() <= 18 && text.matches("-?[0-9]+")) {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw Problem.badRequest(
                "'" + name + "' must be a whole number from " + least + " to " + most + ".");
    }

    /// The body's bytes; empty if there is none.
    ///
    /// @throws Problem 413 if there are too many
    public byte[] body() {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try (InputStream in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(MAX_BODY + 1);
            if (bytes.length > MAX_BODY) {
                throw new Problem(
                        413, "too-large", "A body may have at most " + MAX_BODY + " bytes.");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("the body broke off", e);
        }
    }

    /// The body as JSON of a record's shape.
    ///
    /// @throws Problem 4xx if it is not that
    public <T> T body(Class<T> type) {
        String media = header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!media.replaceAll("[\\s\"]", "").matches("application/json(;charset=utf-8)?")) {
            throw new Problem(415, "media-type", "The body must be application/json in UTF-8.");
        }
        return Json.read(body(), type);
    }
}
