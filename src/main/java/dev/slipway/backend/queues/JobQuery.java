package dev.slipway.backend.queues;

import dev.slipway.api.queues.JobState;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.Request;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Which jobs someone wants to see, newest first.
///
/// @param filters the values asked for
/// @param before only jobs published before this one; [Long#MAX_VALUE] for the first page
record JobQuery(Map<Filter, String> filters, long before, int limit) {
    private static final int MOST_CHARACTERS = 200;

    /// What jobs can be filtered by; the query parameter has the same name in small letters.
    enum Filter {
        QUEUE("queue = :QUEUE"),
        STATE("state = :STATE"),
        TYPE("type = :TYPE"),
        FINGERPRINT("fingerprint = :FINGERPRINT"),
        TEXT(
                "(lower(id) LIKE lower(:TEXT) ESCAPE '!'"
                        + " OR lower(subject) LIKE lower(:TEXT) ESCAPE '!'"
                        + " OR lower(error) LIKE lower(:TEXT) ESCAPE '!')");

        private final String condition;

        Filter(String condition) {
            this.condition = condition;
        }

        String parameter() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    JobQuery {
        filters = Map.copyOf(filters);
    }

    /// Reads the query parameters `queue`, `state`, `type`, `fingerprint`, `text`, `after` and
    /// `limit`.
    static JobQuery of(Request request) {
        Map<Filter, String> filters = new EnumMap<>(Filter.class);
        for (Filter filter : Filter.values()) {
            request.query(filter.parameter())
                    .filter(value -> !value.isBlank())
                    .ifPresent(value -> filters.put(filter, accepted(filter, value)));
        }
        return new JobQuery(
                filters,
                request.query("after").map(JobQuery::cursor).orElse(Long.MAX_VALUE),
                request.query("limit", 100, 1, 500));
    }

    /// Whether nothing but these is asked for.
    boolean only(Filter... allowed) {
        return Set.of(allowed).containsAll(filters.keySet());
    }

    /// The filter as SQL, without the cursor.
    String where() {
        return Arrays.stream(Filter.values())
                .filter(filters::containsKey)
                .map(filter -> filter.condition)
                .reduce("1 = 1", (all, one) -> all + " AND " + one);
    }

    /// What the parameters of [#where] are.
    Map<String, String> bindings() {
        Map<String, String> bindings = new HashMap<>();
        filters.forEach(
                (filter, value) ->
                        bindings.put(
                                filter.name(),
                                filter == Filter.TEXT ? "%" + escaped(value) + "%" : value));
        return bindings;
    }

    private static String accepted(Filter filter, String value) {
        if (value.length() > MOST_CHARACTERS) {
            throw Refused.badRequest(
                    filter.parameter(), "At most " + MOST_CHARACTERS + " characters.");
        }
        return filter == Filter.STATE ? state(value).name() : value;
    }

    private static String escaped(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private static JobState state(String name) {
        return Arrays.stream(JobState.values())
                .filter(state -> state.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                Refused.badRequest(
                                        "state",
                                        "There are the states "
                                                + Arrays.toString(JobState.values())
                                                + "."));
    }

    private static long cursor(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw Refused.badRequest("after", "Not a cursor that this list gave.");
        }
    }
}
