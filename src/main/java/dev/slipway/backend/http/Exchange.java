package dev.slipway.backend.http;

import dev.slipway.api.access.Role;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One request on its way through the checks.
final class Exchange implements Request {
    private static final int MAX_NOTE = 500;

    private final ServerRequest raw;
    private final Route route;
    private final Map<String, String> parameters;
    private final Map<String, String> query;
    private final Optional<Caller> caller;
    private @Nullable Object body;
    private String subject;
    private String reason = "";

    Exchange(
            ServerRequest raw,
            Route route,
            Map<String, String> parameters,
            Map<String, String> query,
            Optional<Caller> caller) {
        this.raw = raw;
        this.route = route;
        this.parameters = parameters;
        this.query = query;
        this.caller = caller;
        this.subject = parameters.size() == 1 ? parameters.values().iterator().next() : "";
    }

    void body(Object value) {
        body = value;
    }

    String subject() {
        return subject;
    }

    String reason() {
        return reason;
    }

    @Override
    public String path(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException(route.path() + " has no parameter " + name);
        }
        return value;
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    @Override
    public int query(String name, int otherwise, int least, int most) {
        String text = query.get(name);
        if (text == null) {
            return otherwise;
        }
        if (text.matches("-?[0-9]{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw Refused.badRequest(
                name, "A whole number from " + least + " to " + most + " is expected.");
    }

    @Override
    public <T> T body(Class<T> type) {
        if (body == null) {
            throw new IllegalArgumentException(route.path() + " takes no body");
        }
        return type.cast(body);
    }

    @Override
    public Optional<String> header(String name) {
        return header(raw, name);
    }

    /// A header that was sent exactly once.
    static Optional<String> header(ServerRequest raw, String name) {
        var values = raw.headers().values(HeaderNames.create(name));
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    @Override
    public String address() {
        return raw.remotePeer().host();
    }

    @Override
    public Optional<Caller> caller() {
        return caller;
    }

    @Override
    public String user() {
        return caller.map(Caller::user).orElse("");
    }

    @Override
    public Role role() {
        return caller.map(Caller::role)
                .orElseThrow(() -> new IllegalArgumentException(route.path() + " is open"));
    }

    @Override
    public void audit(String about, String why) {
        subject = about.substring(0, Math.min(MAX_NOTE, about.length()));
        reason = why.substring(0, Math.min(MAX_NOTE, why.length()));
    }

    /// The values that a header was sent with.
    static List<String> all(ServerRequest raw, String name) {
        return raw.headers().values(HeaderNames.create(name));
    }
}
