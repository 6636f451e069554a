package dev.slipway.console.brokers;

import static java.util.Objects.requireNonNull;

import dev.slipway.testing.Strange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A queue as a management API tells it, some of its members wrong or missing, and what the screen
/// is to show of it. What is unknown is a dash, never 0.
final class StrangeQueue {
    private static final String UNKNOWN = "–";
    private static final Strange RUNNING = name("running");
    private static final List<String> STATISTICS = List.of("publish", "deliver_get", "ack");

    private final Map<String, Strange> members = new LinkedHashMap<>();

    StrangeQueue(String vhost, String name, String type, long ready) {
        members.put("name", name(name));
        members.put("vhost", name(vhost));
        members.put("type", name(type));
        members.put("state", RUNNING);
        members.put("consumers", number(2));
        members.put("messages_ready", number(ready));
        members.put("messages_unacknowledged", number(1_234));
        members.put("head_message_timestamp", number(1_700_000_000));
        members.put("publish", new Strange("1.5", null, 1.5, null));
        members.put("deliver_get", new Strange("1.0", null, 1.0, null));
        members.put("ack", new Strange("0", null, 0.0, null));
    }

    private static Strange name(String name) {
        return new Strange("\"" + name + "\"", null, null, name);
    }

    private static Strange number(long number) {
        return new Strange(Long.toString(number), number, (double) number, null);
    }

    /// Leaves a member out, or puts something else in its place.
    ///
    /// @param nameToo whether it may be the queue's name
    void spoil(Random random, boolean nameToo) {
        List<String> places = new ArrayList<>(members.keySet());
        if (!nameToo) {
            places.removeAll(List.of("name", "vhost"));
        }
        String place = places.get(random.nextInt(places.size()));
        int what = random.nextInt(Strange.ALL.size() + 2);
        if (what < Strange.ALL.size()) {
            members.put(place, Strange.ALL.get(what));
        } else if (STATISTICS.contains(place)) {
            // they come late, all of them
            STATISTICS.forEach(members::remove);
        } else {
            members.remove(place);
        }
    }

    String json() {
        List<String> parts = new ArrayList<>();
        List<String> rates = new ArrayList<>();
        members.forEach(
                (member, value) -> {
                    if (STATISTICS.contains(member)) {
                        rates.add("\"%s_details\":{\"rate\":%s}".formatted(member, value.json()));
                    } else {
                        parts.add("\"%s\":%s".formatted(member, value.json()));
                    }
                });
        if (!rates.isEmpty()) {
            parts.add("\"message_stats\":{" + String.join(",", rates) + "}");
        }
        return "{" + String.join(",", parts) + "}";
    }

    /// What stands for it in the column of names; empty if it has no place there.
    Optional<String> shownName() {
        Strange name = members.get("name");
        Strange vhost = members.get("vhost");
        if (name == null || vhost == null || name.name() == null || vhost.name() == null) {
            return Optional.empty();
        }
        return Optional.of(
                vhost.name().equals("/") ? name.name() : vhost.name() + " · " + name.name());
    }

    /// What stands in the columns that hold figures, and what is wrong.
    Map<String, String> shown() {
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("verdict", verdict());
        cells.put("ready", count("messages_ready"));
        cells.put("unacked", count("messages_unacknowledged"));
        cells.put("oldest", oldest());
        cells.put("in", rate("publish"));
        cells.put("out", rate("deliver_get"));
        cells.put("acked", rate("ack"));
        cells.put("consumers", count("consumers"));
        return cells;
    }

    /// `*` where its state is strange too: that is said in the broker's own words.
    private String verdict() {
        Strange state = members.get("state");
        if (state != null && state != RUNNING) {
            return "*";
        }
        return count("messages_ready").equals(UNKNOWN) ? "the broker gives no figures" : "";
    }

    /// The only time among the strange values is the one that was there.
    private String oldest() {
        Strange head = members.get("head_message_timestamp");
        Long seconds = head == null ? null : head.count();
        return seconds != null && seconds == 1_700_000_000 ? "days" : "unknown";
    }

    private String count(String member) {
        Strange value = members.get(member);
        return value == null || value.count() == null
                ? UNKNOWN
                : String.format(Locale.ENGLISH, "%,d", requireNonNull(value.count()));
    }

    private String rate(String member) {
        Strange value = members.get(member);
        Double rate = value == null ? null : value.rate();
        if (rate == null) {
            return UNKNOWN;
        }
        return String.format(Locale.ENGLISH, rate > 0 && rate < 100 ? "%,.1f" : "%,.0f", rate);
    }
}
