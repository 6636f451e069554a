package dev.slipway.backend.queues;

import static java.util.Objects.requireNonNull;

import dev.slipway.api.queues.JobState;
import dev.slipway.backend.queues.JobQuery.Filter;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Filters of jobs as SQL, in two parts: what one index narrows and orders (`anchor`), and what has
/// to be looked at row by row (`rest`), of which no one may ask for a million rows at once.
///
/// @param anchor a condition
/// @param rest a condition, or empty if the anchor says it all
/// @param bindings the parameters of both
record Narrowed(String anchor, String rest, Map<String, Object> bindings) {

    private static final String HOLDS_TEXT =
            "(lower(id) LIKE lower(:TEXT) ESCAPE '!' OR lower(subject) LIKE lower(:TEXT) ESCAPE '!'"
                    + " OR lower(error) LIKE lower(:TEXT) ESCAPE '!')";

    static Narrowed of(Map<Filter, String> filters) {
        boolean dead = JobState.DEAD.name().equals(filters.get(Filter.STATE));
        Set<Filter> anchors = dead ? ofDead(filters.keySet()) : ofOthers(filters);
        List<String> anchor = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        // in the order of the enum, so that one query has one text
        EnumSet<Filter> asked = EnumSet.noneOf(Filter.class);
        asked.addAll(filters.keySet());
        for (Filter filter : asked) {
            if (anchors.contains(filter)) {
                anchor.add(plain(filter, filters));
            } else {
                rest.add(aside(filter));
            }
        }
        if (dead) {
            anchor.add(mark(filters.keySet()));
        }
        return new Narrowed(
                anchor.isEmpty() ? "1 = 1" : String.join(" AND ", anchor),
                String.join(" AND ", rest),
                bindings(filters));
    }

    /// A query that is given those of these values, and of the filters', that it names.
    Query select(Handle handle, String sql, Map<String, ?> values) {
        Query query = handle.createQuery(sql);
        bindings.forEach((name, value) -> bind(query, sql, name, value));
        values.forEach((name, value) -> bind(query, sql, name, value));
        return query;
    }

    private static void bind(Query query, String sql, String name, Object value) {
        if (sql.contains(":" + name)) {
            query.bind(name, value);
        }
    }

    boolean whole() {
        return rest.isEmpty();
    }

    /// Each has an index over failed jobs alone, in the order of their end.
    private static Set<Filter> ofDead(Set<Filter> asked) {
        Set<Filter> anchors = EnumSet.of(Filter.STATE, Filter.FROM, Filter.TO);
        if (asked.contains(Filter.FINGERPRINT)) {
            anchors.add(Filter.FINGERPRINT);
        } else {
            anchors.add(Filter.QUEUE);
            anchors.add(Filter.TYPE);
        }
        return anchors;
    }

    /// Names the index, see `V18__repairs.sql`.
    private static String mark(Set<Filter> asked) {
        if (asked.contains(Filter.FINGERPRINT)) {
            return "seq > -4";
        }
        boolean queue = asked.contains(Filter.QUEUE);
        boolean type = asked.contains(Filter.TYPE);
        return "seq > " + (queue && type ? "-3" : type ? "-2" : queue ? "-1" : "0");
    }

    /// Most jobs have succeeded: there a queue narrows more than the state.
    private static Set<Filter> ofOthers(Map<Filter, String> filters) {
        if (filters.containsKey(Filter.FINGERPRINT)) {
            return EnumSet.of(Filter.FINGERPRINT);
        }
        String state = filters.get(Filter.STATE);
        boolean few = state != null && !state.equals(JobState.SUCCEEDED.name());
        return few || !filters.containsKey(Filter.QUEUE)
                ? EnumSet.of(Filter.STATE)
                : EnumSet.of(Filter.QUEUE);
    }

    private static String plain(Filter filter, Map<Filter, String> filters) {
        return switch (filter) {
            case QUEUE -> "queue = :QUEUE";
            case TYPE -> "type = :TYPE";
            case FINGERPRINT -> "fingerprint = :FINGERPRINT";
            // written out, for a partial index serves no parameter; it is a name of JobState
            case STATE ->
                    "state = '" + JobState.valueOf(requireNonNull(filters.get(Filter.STATE))) + "'";
            case FROM, TO, TEXT -> aside(filter);
        };
    }

    /// The same conditions in a form that no index serves: a planner that took another index would
    /// have to sort a million rows for the first page.
    private static String aside(Filter filter) {
        return switch (filter) {
            case QUEUE -> "(queue || '') = :QUEUE";
            case TYPE -> "(type || '') = :TYPE";
            case FINGERPRINT -> "(fingerprint || '') = :FINGERPRINT";
            case STATE -> "(state || '') = :STATE";
            case TEXT -> HOLDS_TEXT;
            case FROM -> "ended_at >= :FROM";
            case TO -> "ended_at < :TO";
        };
    }

    private static Map<String, Object> bindings(Map<Filter, String> filters) {
        Map<String, Object> bindings = new HashMap<>();
        filters.forEach((filter, value) -> bindings.put(filter.name(), bound(filter, value)));
        return bindings;
    }

    private static Object bound(Filter filter, String value) {
        return switch (filter) {
            case TEXT -> "%" + escaped(value) + "%";
            case FROM, TO -> Instant.parse(value).toEpochMilli();
            case QUEUE, STATE, TYPE, FINGERPRINT -> value;
        };
    }

    private static String escaped(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
