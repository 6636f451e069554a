package dev.slipway.backend.queues;

import dev.slipway.api.queues.JobFilter;
import dev.slipway.api.queues.JobState;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.Request;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Which jobs someone wants to see: failed ones by when they failed, others by when they were
/// published, the newest first.
///
/// @param filters the values asked for
/// @param before only jobs before this place; [Place#LAST] for the first page
record JobQuery(Map<Filter, String> filters, Place before, int limit) {
    private static final int MOST_CHARACTERS = 200;

    /// What jobs can be filtered by; the query parameter has the same name in small letters.
    enum Filter {
        QUEUE,
        STATE,
        TYPE,
        FINGERPRINT,
        TEXT,
        FROM,
        TO;

        String parameter() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    JobQuery {
        filters = Map.copyOf(filters);
    }

    /// Reads the query parameters named like the filters, `after` and `limit`.
    static JobQuery of(Request request) {
        Map<Filter, String> filters = new EnumMap<>(Filter.class);
        for (Filter filter : Filter.values()) {
            request.query(filter.parameter())
                    .filter(value -> !value.isBlank())
                    .ifPresent(value -> filters.put(filter, accepted(filter, value)));
        }
        return new JobQuery(
                filters,
                request.query("after")
                        .map(cursor -> Place.of(cursor, byEnd(filters)))
                        .orElse(Place.LAST),
                request.query("limit", 100, 1, 500));
    }

    /// What a filter of failed jobs asks for.
    ///
    /// @throws Refused 400 if a value is none
    static Map<Filter, String> dead(JobFilter filter) {
        Map<Filter, String> filters = new EnumMap<>(Filter.class);
        filters.put(Filter.STATE, JobState.DEAD.name());
        put(filters, Filter.QUEUE, filter.queue());
        put(filters, Filter.TYPE, filter.type());
        put(filters, Filter.FINGERPRINT, filter.fingerprint());
        put(filters, Filter.TEXT, filter.text());
        put(filters, Filter.FROM, filter.from());
        put(filters, Filter.TO, filter.to());
        return filters;
    }

    private static void put(Map<Filter, String> filters, Filter filter, @Nullable Object value) {
        if (value != null && !value.toString().isBlank()) {
            filters.put(filter, accepted(filter, value.toString()));
        }
    }

    /// Whether nothing but these is asked for.
    boolean only(Filter... allowed) {
        return Set.of(allowed).containsAll(filters.keySet());
    }

    /// Whether jobs are walked by when they ended.
    boolean byEnd() {
        return byEnd(filters);
    }

    private static boolean byEnd(Map<Filter, String> filters) {
        return JobState.DEAD.name().equals(filters.get(Filter.STATE));
    }

    private static String accepted(Filter filter, String value) {
        if (value.length() > MOST_CHARACTERS) {
            throw Refused.badRequest(
                    filter.parameter(), "At most " + MOST_CHARACTERS + " characters.");
        }
        return switch (filter) {
            case STATE -> state(value).name();
            case FROM, TO -> moment(filter, value).toString();
            case QUEUE, TYPE, FINGERPRINT, TEXT -> value;
        };
    }

    private static Instant moment(Filter filter, String value) {
        try {
            // times are kept in milliseconds, which not every Instant fits
            return Instant.ofEpochMilli(Instant.parse(value).toEpochMilli());
        } catch (DateTimeParseException | ArithmeticException e) {
            throw Refused.badRequest(
                    filter.parameter(), "A moment like 2026-11-22T03:00:00Z, not '" + value + "'.");
        }
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
}
